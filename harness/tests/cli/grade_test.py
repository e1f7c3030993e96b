#!/usr/bin/env python3
"""Many submissions graded: right and wrong ones, broken ones beside them, and a grading that goes on where it was."""

import csv
import json
import os
import signal
import subprocess

import command
from command import AS_EXPECTED, COULD_NOT_RUN, INTERRUPTED, SOURCE, USAGE

# The server of the slides in another language. What follows each reply, and the line before all, are a test's.
SERVER = """import socket
import sys
{first}
listener = socket.create_server(("", int(sys.argv[1])))
connection, _ = listener.accept()
connection.recv(255)
connection.sendall(b"Sou o Servidor. Recebi sua mensagem."{then})
connection.close()
"""
RIGHT = SERVER.format(first="", then="")
SENDS_NUL = SERVER.format(first="", then=' + b"\\0"')
FLOODS_STDOUT = SERVER.format(first='print("x" * 1000000)', then="")
FLOODS_SOCKET = SERVER.format(first="", then=' + b"x" * (1 << 20)')
C_SERVER = (SOURCE / "reference/c/server.c").read_text(encoding="utf-8")
LEAVES_A_LINE = SERVER.format(first='open("../ran", "a").write("x")', then="")

ROLE = "message-server"


class Graded(command.Test):
    def setUp(self):
        super().setUp()
        self.configure({"roles": {ROLE: {"points": 10}}})

    def configure(self, config):
        self.write("grade.json", json.dumps(config))

    def submit(self, name, **files):
        """A submission with these files; `__` in a name stands for a dot."""
        (self.folder / name).mkdir(parents=True, exist_ok=True)
        for file, text in files.items():
            self.write(f"{name}/{file.replace('__', '.')}", text)

    def submit_command(self, name, **commands):
        self.submit(name, parley__json=json.dumps({"roles": {ROLE: commands}}))

    def grade(self, *arguments, status=AS_EXPECTED, **options):
        """Grades the folder. Returns what was printed, and the report's submissions by name."""
        outcome = self.run_parley("grade", self.folder, "--json", self.folder / "report.json", *arguments,
                                  status=status, **options)
        return outcome, self.report()

    def report(self):
        self.whole = json.loads((self.folder / "report.json").read_text(encoding="utf-8"))
        return {each["submission"]: each for each in self.whole["submissions"]}

    def role(self, report, name):
        self.assertIn(name, report)
        return report[name]["roles"][0]


class Submissions(Graded):
    def setUp(self):
        super().setUp()
        self.submit("c", message_server__c=C_SERVER)
        self.submit(".elsewhere", MessageServer__py=RIGHT)
        (self.folder / "python").symlink_to(".elsewhere")
        self.submit("floods", message_server__py=FLOODS_STDOUT)
        self.submit("own", server__py=RIGHT)
        self.submit_command("own", run="python3 server.py {port}")
        self.submit("nul", message_server__py=SENDS_NUL)
        self.submit("endless", message_server__py=FLOODS_SOCKET)
        self.submit("broken", message_server__c=C_SERVER.replace("int main", "imt main"))
        self.submit("missing", notes__txt="I had no time.")
        self.submit("mistaken", message_server__py=RIGHT, parley__json='{"roles":\n {"message-sever": {}}}')
        self.submit("bad-interpreter", message_server="#!/no/such/interpreter\n")
        (self.folder / "bad-interpreter/message_server").chmod(0o755)
        self.right = {"c", "floods", "own", "python"}

    def test_each_gets_its_points_whatever_becomes_of_the_others(self):
        outcome, report = self.grade("--csv", self.folder / "grades.csv", "--gradescope", self.folder / "gradescope")
        self.check_table(outcome.stdout)
        self.check_lines(outcome.stderr)
        self.check_report(report)
        self.check_csv()
        self.check_gradescope()

    def check_table(self, table):
        for name in self.right:
            self.assertRegex(table, rf"(?m)^{name} +✓ 10/10 +10/10$")
        self.assertRegex(table, r"(?m)^nul +✗ [\d.]+/10 +[\d.]+/10$")
        self.assertRegex(table, r"(?m)^broken +✗ 0/10 +0/10$")
        self.assertRegex(table, r"(?m)^broken, message-server: the build failed: cc -o message_server message_server\.c "
                                r"-pthread: exit 1: message_server\.c:\d+:\d+: error: .*imt")
        self.assertIn("missing, message-server: there is no program for message-server", table)
        self.assertIn("mistaken, message-server: parley.json:2:3: unknown role 'message-sever'", table)
        self.assertIn('bad-interpreter, message-server: "./message_server" asks for the interpreter '
                      '"/no/such/interpreter", which is not on this machine', table)
        self.assertRegex(table, r"10 submissions: 10 graded   [\d.]+ s\n$")

    def check_lines(self, lines):
        self.assertEqual({line.split(":")[0] for line in lines.splitlines()},
                         self.right | {"nul", "endless", "broken", "missing", "mistaken", "bad-interpreter"})
        self.assertIn("c: 10/10\n", lines)

    def check_report(self, report):
        self.assertEqual(self.whole["summary"],
                         {"submissions": 10, "graded": 10, "not_graded": 0, "not_reached": 0})
        self.assertEqual({name for name, each in report.items() if each["points"] == each["of"]}, self.right)
        for name in ("broken", "missing", "mistaken", "bad-interpreter"):
            role = self.role(report, name)
            self.assertEqual((role["points"], role["of"]), (0, 10))
            self.assertEqual({each["verdict"] for each in role["scenarios"]}, {"not-tried"})
        self.assertIn("imt", self.role(report, "broken")["build_output"])
        nul = self.role(report, "nul")
        failures = [each["failure"] for each in nul["scenarios"] if each["verdict"] == "failed"]
        self.assertEqual({(failure["code"], failure["cause"]) for failure in failures if failure["cause"]},
                         {("bytes-extra", "terminator-sent")})
        self.assertLess(nul["points"], 5)

    def check_csv(self):
        with open(self.folder / "grades.csv", newline="", encoding="utf-8") as file:
            rows = {row["submission"]: row for row in csv.DictReader(file)}
        self.assertEqual(len(rows), 10)
        self.assertEqual((rows["c"]["role"], rows["c"]["points"], rows["c"]["passed"]),
                         (ROLE, "10", rows["c"]["scenarios"]))
        self.assertEqual((rows["nul"]["code"], rows["nul"]["cause"]), ("bytes-extra", "terminator-sent"))
        self.assertIn("there is no program", rows["missing"]["message"])

    def gradescope_results_of(self, name):
        return json.loads((self.folder / "gradescope" / name / "results.json").read_text(encoding="utf-8"))

    def check_gradescope(self):
        results_of = self.gradescope_results_of
        right = results_of("c")
        self.assertEqual(right["score"], 10)
        self.assertAlmostEqual(sum(test["max_score"] for test in right["tests"]), 10, 2)
        self.assertEqual({test["status"] for test in right["tests"]}, {"passed"})
        wrong = results_of("nul")
        self.assertIn("1 octet too many: 00", wrong["output"])
        self.assertIn("Repeat: parley verify message-server --only message/slide -- python3 message_server.py",
                      wrong["output"])
        self.assertIn("imt", results_of("broken")["output"])

    def test_are_tried_again_under_the_same_conditions(self):
        self.configure({"roles": {ROLE: {}}, "limits": {"processes": 100}})
        self.submit("nul", message_server__py=SENDS_NUL)
        self.grade("--limit", "output=1M", "--timeout-scale", "2", "--gradescope", self.folder / "gradescope")
        self.assertIn("Repeat: parley verify message-server --timeout-scale 2 --limit processes=100 --limit output=1M "
                      "--only message/slide -- python3 message_server.py", self.gradescope_results_of("nul")["output"])

    def test_points_are_shared_by_weight(self):
        for name in set(os.listdir(self.folder)) - {"nul", "c", "grade.json"}:
            subprocess.run(["rm", "-r", self.folder / name], check=True)
        self.configure({"roles": {ROLE: {"points": 8, "scenarios": {"message/slide": 3, "message/utf-8": 1, "*": 0}}}})
        outcome, report = self.grade()
        self.assertRegex(outcome.stdout, r"(?m)^c +✓ 8/8 +8/8$")
        self.assertRegex(outcome.stdout, r"(?m)^nul +✗ 0/8 +0/8$")
        shares = {each["scenario"]: each["of"] for each in self.role(report, "c")["scenarios"] if each["of"] > 0}
        self.assertEqual(shares, {"message/slide": 6, "message/utf-8": 2})


class Builds(Graded):
    def test_that_hang_are_ended_with_all_that_they_started(self):
        self.configure({"roles": {ROLE: {}}, "build_time_limit": 0.3})
        word = str(self.folder / "hangs/pipe")
        self.submit("hangs", message_server__py=RIGHT)
        os.mkfifo(word)
        self.submit_command("hangs", build=f"sh -c 'setsid cat {word} & cat {word} & cat {word}'")
        outcome, report = self.grade()
        self.assertIn("it did not end within 0.3 s", self.role(report, "hangs")["trouble"])
        self.assertEqual(command.processes_with(word), [])

    def test_that_end_leave_nothing_behind(self):
        word = str(self.folder / "forks/pipe")
        self.submit("forks", message_server__py=RIGHT)
        os.mkfifo(word)
        self.submit_command("forks", build=f"sh -c 'setsid cat {word} & exit 0'")
        _, report = self.grade()
        self.assertEqual(report["forks"]["points"], report["forks"]["of"])
        self.assertEqual(command.processes_with(word), [])

    def test_that_say_much_are_cut_short(self):
        self.submit_command("talks", build="sh -c 'head -c 1000000 /dev/zero | tr \"\\0\" x >&2; exit 7'")
        _, report = self.grade()
        role = self.role(report, "talks")
        self.assertIn("exit 7: xxx", role["trouble"])
        self.assertLess(len(role["build_output"]), 5000)
        self.assertIn("1000000 octets in all", role["build_output"])

    def test_are_run_once_for_all_roles(self):
        self.configure({"roles": {ROLE: {"build": "make"}, "message-client": {"build": "make"}}})
        self.submit("made", Makefile="all:\n\techo x >> builds\n", message_server__py=RIGHT)
        _, report = self.grade()
        self.assertEqual((self.folder / "made/builds").read_text(), "x\n")
        self.assertEqual(report["made"]["roles"][0]["points"], report["made"]["roles"][0]["of"])
        self.assertIn("there is no program for message-client", report["made"]["roles"][1]["trouble"])

    def test_for_which_the_machine_lacks_a_tool_are_no_ones_fault(self):
        self.configure({"roles": {ROLE: {"build": "no-such-compiler"}}})
        self.submit("ana", message_server__py=RIGHT)
        self.submit("bob", message_server__py=RIGHT)
        self.submit_command("bob", build="true")
        outcome, report = self.grade(status=COULD_NOT_RUN)
        self.assertRegex(outcome.stdout, r"(?m)^ana +\? not graded +–$")
        self.assertIn('there is no program "no-such-compiler" in PATH', self.role(report, "ana")["trouble"])
        self.assertTrue(report["bob"]["graded"])
        again, _ = self.grade(status=COULD_NOT_RUN)
        self.assertIn("2 submissions: 1 graded, 1 of them before; 1 could not be graded", again.stdout)


class Continued(Graded):
    """Outside containers, so that a program can leave a trace of each start beside its folder."""

    def grade(self, *arguments):
        return super().grade("--no-sandbox", *arguments)

    def setUp(self):
        super().setUp()
        self.submit("ana", message_server__py=LEAVES_A_LINE)
        self.submit("bob", message_server__py=RIGHT)

    def starts(self):
        """How often ana's program has been started."""
        return len((self.folder / "ran").read_text())

    def interrupt(self):
        """A grading that is interrupted while bob's is being built."""
        pipe = str(self.folder / "pipe")
        os.mkfifo(pipe)
        self.submit_command("bob", build=f"cat {pipe}")
        run = subprocess.Popen([command.PARLEY, "grade", "--no-sandbox", self.folder, "--jobs", "1", "--json",
                                self.folder / "report.json"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(run.kill)
        command.wait_until(lambda: (self.folder / ".parley-grade/ana.json").exists(), "the first is graded")
        command.wait_until(lambda: command.processes_with(pipe), "the second is being built")
        run.send_signal(signal.SIGINT)
        stdout, stderr = run.communicate(timeout=command.PATIENCE)
        self.assertEqual(run.returncode, INTERRUPTED, stdout + stderr)
        self.assertEqual(command.processes_with(pipe), [])
        return stdout

    def test_after_an_interruption(self):
        table = self.interrupt()
        self.assertRegex(table, r"(?m)^ana +✓ 10/10 +10/10$")
        self.assertNotRegex(table, r"(?m)^bob ")
        self.assertIn("2 submissions: 1 graded; interrupted, 1 not reached", table)
        self.assertEqual(list(self.report()), ["ana"])
        self.assertTrue(self.whole["interrupted"])
        starts = self.starts()

        (self.folder / "bob/parley.json").unlink()
        outcome, report = self.grade()
        self.assertEqual(outcome.stderr, "bob: 10/10\n")
        self.assertEqual(self.starts(), starts)
        self.assertEqual([each["points"] for each in report.values()], [10, 10])
        self.assertFalse(self.whole["interrupted"])
        self.assertIn("2 submissions: 2 graded, 1 of them before", outcome.stdout)

    def test_until_something_changes(self):
        def graded(*arguments):
            return sorted(line.split(":")[0] for line in self.grade(*arguments)[0].stderr.splitlines())
        self.assertEqual(graded(), ["ana", "bob"])
        first = self.report()
        self.assertEqual(graded(), [])
        self.assertEqual(self.report(), first)
        self.submit("ana", message_server__py=SENDS_NUL)
        self.assertEqual(graded(), ["ana"])
        self.assertEqual(graded("--level", "console"), ["ana", "bob"])
        self.assertEqual(graded("--level", "console"), [])
        self.assertEqual(graded("--level", "console", "--again"), ["ana", "bob"])
        self.configure({"roles": {ROLE: {"points": 5}}})
        self.assertEqual(graded(), ["ana", "bob"])
        self.assertEqual(graded("--limit", "open_files=100"), ["ana", "bob"])
        self.assertEqual(graded("--limit", "open_files=100"), [])

    def test_beside_another(self):
        other = self.folder / ".other"
        self.submit(".other/cem", message_server__py=RIGHT)
        self.write(".other/grade.json", json.dumps({"roles": {ROLE: {"points": 10}}}))
        runs = [subprocess.Popen([command.PARLEY, "grade", folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 text=True) for folder in (self.folder, other)]
        outputs = [run.communicate(timeout=command.PATIENCE) for run in runs]
        self.assertEqual([run.returncode for run in runs], [AS_EXPECTED, AS_EXPECTED], outputs)
        self.assertRegex(outputs[0][0], r"(?m)^bob +✓ 10/10 +10/10$")
        self.assertRegex(outputs[1][0], r"(?m)^cem +✓ 10/10 +10/10$")


class Terminal(Graded):
    def test_shows_what_goes_on(self):
        self.submit("ana", message_server__c=C_SERVER)
        status, written = command.on_terminal("grade", str(self.folder))
        self.assertEqual(status, AS_EXPECTED)
        self.assertIn("0/1  ana: builds", written)
        self.assertRegex(written, "\x1b\\[32m✓ 10/10\x1b\\[0m")
        self.assertNotIn("ana: 10/10", written)


class Mistakes(Graded):
    def assert_refused(self, says, *arguments):
        refused = self.run_parley("grade", *(arguments or [self.folder]), status=USAGE)
        self.assertEqual(refused.stdout, "")
        self.assertRegex(refused.stderr, says)
        return refused.stderr

    def test_in_the_configuration_are_all_told_at_their_places(self):
        self.submit("ana", message_server__py=LEAVES_A_LINE)
        self.write("grade.json", '{"roles": {\n "message-sever": {"points": "1"},\n "echo-server": {"run": "a | b"}\n},'
                                 '\n"levels": "wire"}\n')
        told = self.assert_refused("grade.json")
        config = self.folder / "grade.json"
        self.assertEqual([line for line in told.splitlines() if line.startswith(str(config))], [
            f"{config}:2:2: unknown role 'message-sever'; did you mean 'message-server'?",
            f"{config}:2:30: 'points' is a number from 0 to 1000000, not a string",
            f"{config}:3:25: \"|\" in \"a | b\" is for a shell, and none is started; quote it, or run `sh -c '…'`",
            f"{config}:5:1: unknown key 'levels'; did you mean 'level'?"])
        self.assertFalse((self.folder / "ran").exists())

    def test_in_patterns_are_told_too(self):
        self.submit("ana")
        self.configure({"roles": {ROLE: {"scenarios": {"message/slid": 2}}}})
        self.assert_refused(r'grade\.json:1:\d+: no scenario that is held against message-server matches "message/slid"')

    def test_in_what_is_asked_for(self):
        self.assert_refused("there is no submission: no folder below")
        self.assert_refused("FOLDER", "--json", "x")
        self.assert_refused("--jobs", self.folder, "--jobs", "0")
        self.assert_refused("--level", self.folder, "--level", "primitive")
        self.assert_refused("cannot make the folder", self.folder, "--gradescope", self.folder / "grade.json")
        self.assert_refused("cannot read .*nowhere", self.folder, "--config", self.folder / "nowhere")
        (self.folder / "grade.json").unlink()
        self.assert_refused("which roles\\? Write .*grade.json")


if __name__ == "__main__":
    command.main()
