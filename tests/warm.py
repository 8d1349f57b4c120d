"""How does a test start a command in a process of its own without reading all libraries anew each time?

A parent that has imported the libraries, and of the product what lies below the pages and knows of no home, forks for each
command; the child reads its home, its words, the command line and all that needs Django just as `python -m floorwalker` does.
Most of a short command's time is this reading, and the tests start hundreds of commands. Whatever is done once at an import is
the same for both.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from tests.shared_data import ROOT

# Of each library what commands use; none of these reads the settings of the product.
LIBRARIES = (
    *(
        "numpy",
        "pyarrow",
        "pyarrow.compute",
        "pyarrow.parquet",
        "duckdb",
        "deltalake",
        "sqlglot",
        "rich.console",
        "rich.table",
        "rich.progress",
    ),
    *("scipy.special", "scipy.linalg", "scipy.optimize", "scipy.sparse", "scipy.sparse.csgraph", "scipy.stats"),
    *("django.db.models", "django.core.management", "django.db.backends.sqlite3.base", "django.forms", "django.test"),
    *("psycopg", "django.db.backends.postgresql.base"),
    *("pydantic", "cryptography.fernet", "phonenumbers", "requests", "yaml", "click", "openpyxl", "xlsxwriter"),
    # Where it is installed, some of these ask it for its frames as soon as there are data.
    *("pandas", "pyarrow.pandas_compat", "pyarrow.dataset", "sqlglot.dialects.duckdb"),
    *("django_stubs_ext", "django.contrib.auth.password_validation", "django_tasks.backends.base"),
    *("packaging.version", "jwt", "django.db.migrations.executor"),
)
# The plain side of the product (docs/decisions/0001): none of it reads a home, or the environment, when it is imported.
PLAIN = ("stats", "facts", "kpis", "ingest", "sources", "insight", "charts")
# Where homes are read.
OF_A_HOME = ("floorwalker.web", "floorwalker.apps", "floorwalker.jobs", "floorwalker.cli", "floorwalker.ui")


@dataclass(frozen=True)
class WarmParent:
    """The process that forks, and how it is asked: one line of JSON each way."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls) -> WarmParent:
        """Start it; it ends when its input ends."""
        return cls(
            subprocess.Popen(
                [sys.executable, "-m", "tests.warm"],
                cwd=ROOT,
                env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )

    def run(
        self, words: list[str], cwd: Path, environment: dict[str, str], code: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """One command from its start to its end, as subprocess.run would give it; as `python -c` where code is given."""
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            assert self.process.stdin and self.process.stdout
            files = [f"/proc/{os.getpid()}/fd/{file.fileno()}" for file in (out, err)]
            task = {"words": words, "cwd": str(cwd), "environment": environment, "files": files, "code": code}
            print(json.dumps(task), file=self.process.stdin, flush=True)
            code = int(self.process.stdout.readline())
            out.seek(0), err.seek(0)
            return subprocess.CompletedProcess(words, code, out.read(), err.read())

    def end(self) -> None:
        """No more commands."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()


_started: list[WarmParent] = []


def warm_parent() -> WarmParent:
    """The one parent of this process's commands, started when it is asked for."""
    if not _started:
        _started.append(WarmParent.start())
    return _started[0]


def end_warm_parent() -> None:
    """No more commands of this process."""
    while _started:
        _started.pop().end()


def _become(task: dict[str, Any]) -> None:
    """In the child: turn into `python -m floorwalker` with these words; how that ends is how the process ends."""
    os.chdir(task["cwd"])
    os.environ.clear()
    os.environ.update(task["environment"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in enumerate(task["files"], start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND), number)
    sys.argv = ["floorwalker", *task["words"]]
    sys.path[:1] = [task["cwd"], str(ROOT)]
    time.tzset()
    if task["code"]:
        exec(compile(task["code"], "<code>", "exec"), {"__name__": "__main__"})
    else:
        runpy.run_module("floorwalker", run_name="__main__", alter_sys=True)


def _code_of(task: dict[str, Any]) -> int:
    """In the child: run the command; the exit code that Python gives for the way in which it ended."""
    try:
        _become(task)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _end(code: int) -> NoReturn:
    """In the child: what a process does at its end, but for taking apart, one by one, all that its parent has read."""
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush(), sys.stderr.flush()
    os._exit(code)


def _plain_modules() -> list[str]:
    """By name: every module of the plain side but those that need a cluster."""
    folders = [ROOT / "floorwalker" / package for package in PLAIN]
    files = sorted(path.relative_to(ROOT).with_suffix("") for folder in folders for path in folder.rglob("*.py"))
    names = (".".join(file.parts).removesuffix(".__init__") for file in files)
    return [name for name in names if "spark" not in name]


def _serve() -> None:
    """Fork for each line that comes in; answer with the exit code."""
    for library in (*LIBRARIES, *_plain_modules()):
        importlib.import_module(library)
    assert not [name for name in sys.modules if name.startswith(OF_A_HOME)], "a home would be taken for another"
    # A child that counts what is used would touch, and thereby copy, all that it shares with its parent.
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _end(_code_of(json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    gc.unfreeze()


if __name__ == "__main__":
    _serve()
