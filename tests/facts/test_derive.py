"""Which contact of a call is the one that first contact resolution asks about?"""

from __future__ import annotations

from pathlib import Path

from tests.installation import new_installation

AT = 1_700_000_000


def test_the_first_handled_contact_of_a_chain_is_marked(tmp_path: Path) -> None:
    """A call that flows out of one queue, is answered in the next and passed on to a third; and a call of one contact."""
    call = f"{AT}.1"
    lines = [
        f"{AT}|{call}|sales|NONE|ENTERQUEUE||01632960001|1",
        f"{AT + 60}|{call}|sales|NONE|EXITWITHTIMEOUT|1|1|60",
        f"{AT + 60}|{call}|service|NONE|ENTERQUEUE||01632960001|1",
        f"{AT + 70}|{call}|service|Wren|CONNECT|10|{call}9|5",
        f"{AT + 90}|{call}|service|Wren|BLINDTRANSFER|claims|default|10|20|1",
        f"{AT + 91}|{call}|claims|NONE|ENTERQUEUE||01632960001|1",
        f"{AT + 95}|{call}|claims|Robin|CONNECT|4|{call}8|2",
        f"{AT + 99}|{call}|claims|Robin|COMPLETECALLER|4|4|1",
        f"{AT + 200}|{AT + 200}.2|sales|NONE|ENTERQUEUE||01632960002|1",
        f"{AT + 210}|{AT + 200}.2|sales|Wren|CONNECT|10|x|5",
        f"{AT + 230}|{AT + 200}.2|sales|Wren|COMPLETECALLER|10|20|1",
    ]
    log = tmp_path / "queue_log"
    log.write_text("\n".join(lines) + "\n")
    home = new_installation(tmp_path / "home")
    home.load("asterisk_queue_log", log)
    found = sorted(home.rows("contact"), key=lambda row: row["entered_at"])
    assert [row["handled"] for row in found] == [False, True, True, True]
    assert [row["first_handled_in_chain"] for row in found] == [False, True, False, None]
