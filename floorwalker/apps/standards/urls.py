"""At which addresses lie targets, aims, standards, and the causes by which it is said why something was missed?"""

from django.urls import path

from floorwalker.apps.standards.views import adjusting, aims, causes, drafts, processes, reading, standards, targets

urlpatterns = [
    path("targets/", targets.targets, name="targets"),
    path("targets/<int:target_id>/end/", targets.end_measure_target, name="end_measure_target"),
    path("aims/", aims.aims, name="aims"),
    path("aims/new/", aims.new_aim, name="new_aim"),
    path("aims/<int:aim_id>/", aims.aim, name="aim"),
    path("standards/", standards.standards, name="standards"),
    path("standards/new/", drafts.new_standard, name="new_standard"),
    path("standards/remarks/<int:remark_id>/", drafts.answer, name="answer_remark"),
    path("standards/<int:standard_id>/", standards.standard, name="standard"),
    path("standards/<int:standard_id>/draft/", drafts.draft, name="draft"),
    path("standards/<int:standard_id>/next/", drafts.next_version, name="next_version"),
    path("standards/<int:standard_id>/consultation/", drafts.consultation, name="consultation"),
    path("standards/<int:standard_id>/publish/", drafts.publish, name="publish_standard"),
    path("standards/<int:standard_id>/read/", reading.read_standard, name="read_standard"),
    path("standards/<int:standard_id>/ask/", reading.ask_about, name="ask_about"),
    path("standards/<int:standard_id>/readers/", reading.readers, name="readers"),
    path("standards/<int:standard_id>/review/", standards.review, name="review_standard"),
    path("standards/<int:standard_id>/end/", standards.withdraw, name="withdraw_standard"),
    path("standards/<int:standard_id>/notice.pdf", standards.notice_file, name="standard_notice"),
    path("standards/<int:standard_id>/display/", standards.display, name="standard_display"),
    path("adjustments/", adjusting.adjustments, name="adjustments"),
    path("adjustments/<int:adjustment_id>/", adjusting.adjustment, name="adjustment"),
    path("causes/", causes.causes, name="causes"),
    path("processes/", processes.owned_processes, name="owned_processes"),
    path("processes/<int:process_id>/", processes.owned_process, name="owned_process"),
    path("causes/<int:cause_id>/", causes.cause, name="cause"),
]
