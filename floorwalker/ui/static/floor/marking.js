// Marks a contact by the keyboard: one section open, one question at a time, a miss asks for its cause; saves as one goes.
// Without it the page is a plain form with everything on it. Which key does what comes from the page (ui/keys.py).
(() => {
  "use strict";
  const WAIT_MILLISECONDS = 700;
  const RETRY_MILLISECONDS = 5000;
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("marking");
    if (!form) return;
    const saved = document.getElementById("saved");
    const unsaved = document.getElementById("unsaved");
    const questions = [...form.querySelectorAll("fieldset.ask")];
    const byCode = new Map(questions.map((question) => [question.dataset.code, question]));
    const answerOf = (question) => question.querySelector(`[name="a-${question.dataset.code}"]:checked`);
    const typedIn = (question) => question.querySelector(`input[name="a-${question.dataset.code}"]:not([type=radio]), textarea[name="a-${question.dataset.code}"]`);
    const leftOut = (question) => question.querySelector(`[name="n-${question.dataset.code}"]`);
    const choicesOf = (question) => [...question.querySelectorAll(`input[type=radio][name="a-${question.dataset.code}"]`)];
    const causesOf = (question) => [...question.querySelectorAll(`[name="r-${question.dataset.code}"]`)];
    const commentOf = (question) => question.querySelector(`[name="c-${question.dataset.code}"]`);

    // --- what is asked, what was missed, and how far each section is ---
    const isAsked = (question) => {
      if (!question.dataset.if) return true;
      const before = byCode.get(question.dataset.if);
      const answer = before && isAsked(before) ? answerOf(before) : null;
      return Boolean(answer) && question.dataset.is.split(" ").includes(answer.value);
    };
    const isMissed = (question) => {
      const field = typedIn(question);
      if (!field || field.tagName === "TEXTAREA") return answerOf(question)?.hasAttribute("data-miss") ?? false;
      const number = Number.parseFloat(field.value.replace(",", "."));
      if (leftOut(question)?.checked || Number.isNaN(number)) return false;
      return ("least" in field.dataset && number < Number(field.dataset.least)) || ("most" in field.dataset && number > Number(field.dataset.most));
    };
    const isAnswered = (question) => {
      const field = typedIn(question);
      if (!field) return Boolean(answerOf(question));
      return field.tagName === "TEXTAREA" || field.value.trim() !== "" || Boolean(leftOut(question)?.checked);
    };
    const shown = () => questions.filter((question) => !question.hidden);
    const refresh = () => {
      for (const question of questions) {
        question.hidden = !isAsked(question);
        const missed = isMissed(question);
        question.classList.toggle("missed", missed);
        const why = question.querySelector(".why");
        if (why) why.hidden = !missed;
      }
      for (const section of form.querySelectorAll("details.section")) {
        // Words may be left out: they are counted once there are some.
        const asked = [...section.querySelectorAll("fieldset.ask")].filter((question) => !question.hidden && (typedIn(question)?.tagName !== "TEXTAREA" || typedIn(question).value.trim()));
        section.querySelector(".done").textContent = `${asked.filter(isAnswered).length} / ${asked.length}`;
      }
    };

    // --- where one is ---
    let now = null;
    const open = (question) => {
      const section = question.closest("details.section");
      for (const other of form.querySelectorAll("details.section[open]")) if (other !== section) other.open = false;
      section.open = true;
    };
    // At the begin the focus stays where the page begins: keys answer all the same, and whoever reads on hears all of it.
    const goTo = (question, takesFocus = true) => {
      if (!question) return;
      open(question);
      now?.classList.remove("now");
      now = question;
      now.classList.add("now");
      const field = typedIn(question) ?? answerOf(question) ?? choicesOf(question)[0];
      if (takesFocus) field?.focus({ preventScroll: true });
      question.scrollIntoView({ block: "nearest" });
    };
    const current = () => {
      const here = document.activeElement?.closest?.("fieldset.ask");
      return here && !here.hidden ? here : now && !now.hidden ? now : shown().find((question) => !isAnswered(question)) ?? shown()[0];
    };
    const step = (by) => {
      const all = shown();
      const next = all[all.indexOf(current()) + by];
      if (next) goTo(next);
      else if (by > 0) document.querySelector(".hand-in .primary").focus();
    };
    form.addEventListener("focusin", (event) => {
      const question = event.target.closest("fieldset.ask");
      if (!question || question === now) return;
      now?.classList.remove("now");
      now = question;
      now.classList.add("now");
    });

    // --- answering: a key answers and goes on; a miss waits for its cause, which the same keys choose ---
    const choosing = (question) => question && isMissed(question) && question.querySelector(".why") && (question.dataset.choosing || document.activeElement?.closest(".causes") || !causesOf(question).some((cause) => cause.checked));
    const tellCauses = (question, on) => {
      if (on) question.dataset.choosing = "1";
      else delete question.dataset.choosing;
      causesOf(question).forEach((cause, place) => {
        const key = cause.closest("label").querySelector(".cause-key");
        key.textContent = keyOf(`answer_${place + 1}`);
        key.hidden = !on || !key.textContent;
      });
    };
    const afterAnswer = (question) => {
      refresh();
      if (!isMissed(question) || !question.querySelector(".why")) return step(1);
      tellCauses(question, true);
      (causesOf(question).find((cause) => cause.checked) ?? causesOf(question)[0])?.focus();
      question.scrollIntoView({ block: "nearest" });
    };
    const check = (box) => {
      box.checked = true;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const answer = (number) => {
      const question = current();
      if (!question) return;
      if (choosing(question)) {
        const cause = causesOf(question)[number - 1];
        if (!cause) return;
        check(cause);
        tellCauses(question, false);
        const comment = commentOf(question);
        if (comment && !comment.value.trim()) comment.focus();
        else step(1);
        return;
      }
      const choice = choicesOf(question).filter((one) => one.value !== "na")[number - 1];
      if (!choice) return;
      check(choice);
      afterAnswer(question);
    };
    const acts = {
      next_question: () => step(1),
      previous_question: () => step(-1),
      not_applicable: () => {
        const question = current();
        const box = question && (leftOut(question) ?? choicesOf(question).find((one) => one.value === "na"));
        if (!box) return;
        check(box);
        step(1);
      },
      comment: () => {
        const comment = current() && commentOf(current());
        if (comment) { comment.closest(".why").hidden = false; comment.focus(); }
      },
      root_cause: () => {
        const question = current();
        if (!question || !isMissed(question)) return;
        tellCauses(question, true);
        causesOf(question)[0]?.focus();
      },
    };
    for (const code of form.dataset.keys.split(" ").filter((one) => one.startsWith("answer_"))) acts[code] = () => answer(Number(code.slice(7)));
    document.addEventListener("key-command", (event) => {
      acts[event.detail.code]?.();
    });
    document.getElementById("next").hidden = false;
    document.getElementById("next").addEventListener("click", () => step(1));
    form.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit(document.querySelector(".hand-in .primary"));
      } else if (event.target.matches("fieldset.ask input:not([type=checkbox]), fieldset.ask textarea") && event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        const question = event.target.closest("fieldset.ask");
        if (event.target === typedIn(question)) afterAnswer(question);
        else step(1);
      } else if (event.key === " " && commands.length && event.target.matches(".ask input[type=radio]")) {
        // Where there is something to hear, the space bar plays it: answers have keys of their own.
        const play = document.querySelector("[data-play]");
        if (!play) return;
        event.preventDefault();
        play.click();
      } else if (event.key === "Escape" && event.target.matches("textarea, input:not([type=radio], [type=checkbox])")) {
        event.target.blur();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || form.contains(event.target) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      form.requestSubmit(document.querySelector(".hand-in .primary"));
    });

    // --- saving as one goes; what could not be saved is tried again ---
    let timer = 0;
    let saving = Promise.resolve();
    let dirty = false;
    let refused = false;
    let under = 0;
    const post = () => fetch(form.dataset.save, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
    // Who logged in again in another window has another token than this page: it is asked for anew, where one is logged in.
    const renew = async () => {
      const response = await fetch(location.pathname);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const token = page.querySelector("#marking [name=csrfmiddlewaretoken]");
      if (token) form.elements.csrfmiddlewaretoken.value = token.value;
      return Boolean(token);
    };
    const later = (said) => {
      dirty = true;
      saved.textContent = "";
      unsaved.textContent = said;
      timer = setTimeout(queueSave, RETRY_MILLISECONDS);
    };
    const save = async () => {
      clearTimeout(timer);
      if (!dirty || refused) return;
      dirty = false;
      try {
        let response = await post();
        if (response.status === 403) {
          if (!(await renew())) return later(form.dataset.loggedOut);
          response = await post();
        }
        if (response.redirected) return later(form.dataset.loggedOut);
        if (response.status === 409) {
          refused = dirty = true;
          saved.textContent = "";
          unsaved.textContent = (await response.json()).refused;
          return;
        }
        if (!response.ok) throw new Error(String(response.status));
        const told = await response.json();
        form.elements.saves.value = told.saves;
        if (!dirty) saved.textContent = told.saved;
        unsaved.textContent = "";
      } catch {
        later(form.dataset.lost);
      }
    };
    const queueSave = () => {
      under += 1;
      saving = saving.then(save).finally(() => { under -= 1; });
    };
    const changed = () => {
      dirty = true;
      // What says that all is saved is never older than what was answered last.
      saved.textContent = form.dataset.saving;
      clearTimeout(timer);
      timer = setTimeout(queueSave, WAIT_MILLISECONDS);
    };
    form.addEventListener("input", () => { refresh(); changed(); });
    form.addEventListener("change", () => { refresh(); changed(); });
    // Handed in is only what could be saved: a page that the browser cannot load would take along what stands on this one.
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent === "now") {
        form.dataset.sent = "1";
        return;
      }
      event.preventDefault();
      if (form.dataset.sent) return;
      const by = event.submitter;
      queueSave();
      saving.then(() => {
        if (form.dataset.sent) return;
        if (dirty && unsaved.textContent) {
          unsaved.scrollIntoView({ block: "nearest" });
          return;
        }
        form.dataset.sent = "now";
        if (by) form.requestSubmit(by);
        else form.requestSubmit();
      });
    });
    // Back from the page that came next: what was handed in is not asked again by what the browser kept of this one.
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
    addEventListener("beforeunload", (event) => { if ((dirty || under) && !form.dataset.sent) event.preventDefault(); });

    // --- which keys do it, as this person has them ---
    const commands = JSON.parse(document.getElementById("keys-known")?.textContent ?? "[]");
    const keyOf = (code) => commands.find((command) => command.code === code)?.keys ?? "";
    for (const place of form.querySelectorAll("[data-kbd]")) {
      place.textContent = keyOf(place.dataset.kbd);
      place.hidden = !place.textContent;
    }
    form.classList.add("by-keys");
    refresh();
    const wrong = document.querySelector(".problems a");
    if (wrong) goTo(byCode.get(wrong.hash.slice(3)));
    else goTo(shown().find((question) => !isAnswered(question)) ?? shown()[0], false);
  });
})();
