#!/usr/bin/env python3
"""`parley record` writes the scenario of what it saw, and that holds: for roles, and for any two commands."""

import json
import os
import signal
import subprocess

import command
from command import AS_EXPECTED, COULD_NOT_RUN, INTERRUPTED, NOT_AS_EXPECTED, USAGE

# Programs that speak on the port 7007, each with a way of its own.
PROGRAMS = {
    "question.py": """
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as connection:
    connection.sendall(sys.argv[3].encode() if len(sys.argv) > 3 else b"ping")
    print("from port", connection.getsockname()[1])
    try:
        print(connection.recv(100))
    except ConnectionResetError as error:
        print(error)
""",
    "half_closing_question.py": """
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as connection:
    connection.sendall(b"ping")
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(100):
        pass
""",
    "answer.py": """
import os, socket, struct, sys, time
def binary(data): return bytes([0, 255, 137]) + bytes(40)
def numbers(data): return f"{os.getpid()} {connection.getpeername()[1]} {time.ctime()}".encode()
def long(data): return data * 1000
def reset(data): connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
def random(data): return os.urandom(8).hex().encode()
def to_the_end(data):
    while more := connection.recv(100):
        data += more
    return data
def silence(data): connection.recv(100)
def fall(data): os.kill(os.getpid(), 11)
with socket.create_server(("", int(sys.argv[1]))) as listener:
    connection, _ = listener.accept()
    with connection:
        connection.sendall(globals()[sys.argv[2]](connection.recv(4)) or b"")
""",
}


class Record(command.Test):
    def recorded(self, name, *arguments, status=AS_EXPECTED):
        """The scenario that is written, as JSON, and what is said of it. Nothing is wrong with the file."""
        path = self.folder / f"{name.replace('/', '-')}.json"
        told = self.run_parley("record", name, *arguments, "--output", path, cwd=self.folder, status=status)
        self.assertEqual(told.stdout, "")
        if path.exists():
            self.run_parley("lint", path)
        return (json.loads(path.read_text(encoding="utf-8")) if path.exists() else None), told.stderr, path

    def assert_passes(self, path, *cells):
        report = self.folder / "report.json"
        self.run_parley("run", path, "--json", report)
        self.assertEqual(sorted(command.verdicts_of(report)), sorted(f"{path.stem}:{cell}" for cell in cells))

    def assert_refused(self, *arguments, says):
        refused = self.run_parley("record", *arguments, status=USAGE, cwd=self.folder)
        self.assertEqual(refused.stdout, "")
        self.assertIn(says, refused.stderr)


class Roles(Record):
    """The four conversations: what a reference and what a port shows is the same, and holds for all four pairs."""

    def assert_records(self, conversation, languages, exchange, *arguments):
        cells = [f"{client}:{server}" for client in languages for server in languages]
        client, server = f"{conversation}-client", f"{conversation}-server"
        reference, told, path = self.recorded(f"{conversation}/new", "--client", client, "--server", server, *arguments)
        self.assertEqual(reference["exchange"], exchange)
        self.assertIn("it holds, 3 times each, in 4 cells:", told)
        self.assert_passes(path, *cells)
        port, _, path = self.recorded(f"{conversation}/ports", "--client", f"{client}/cpp", "--server", f"{server}/cpp",
                                      *arguments)
        self.assertEqual(port, reference)
        self.assert_passes(path, *cells)

    def test_message(self):
        self.assert_records("message", ("c", "cpp"), [
            {"client": "Olá!\n"}, {"server": "Sou o Servidor. Recebi sua mensagem."}, {"both": {"event": "end"}}],
            "--stdin", "Olá!\n")

    def test_ctime(self):
        self.assert_records("ctime", ("python", "cpp"), [{"server": {"time": "ctime"}}, {"both": {"event": "end"}}])

    def test_date(self):
        self.assert_records("date", ("java", "cpp"), [
            {"server": ["Agora é:", {"time": "java-date", "zone": "BRT"}, "\n"]}, {"both": {"event": "end"}}],
            "--env", "TZ=America/Sao_Paulo")

    def test_echo(self):
        self.assert_records("echo", ("python", "cpp"), [
            {"client": "Hello world!"}, {"server": "Echo ==>b'Hello world!'"}, {"client": "Again!"},
            {"server": "Echo ==>b'Again!'"}, {"client": {"event": "end"}}, {"server": {"event": "end"}}])

    def test_names_the_schema_from_where_the_scenario_belongs(self):
        written = self.run_parley("record", "message/new", "--client", "message-client", "--server", "message-server",
                                  "--stdin", "x").stdout
        self.assertTrue(written.startswith('{\n  "$schema": "../schema/scenario.schema.json",\n  "about": '), written)

    def test_arguments(self):
        scenario = self.recorded("echo/words", "--client", "echo-client/cpp", "--server", "echo-server/cpp",
                                 "--client-argv", "{host} \"é'\"", "--about", "Two characters.")[0]
        self.assertEqual(scenario["about"], "Two characters.")
        self.assertEqual(scenario["client"]["argv"], ["{host}", "é'"])

    def test_clients_in_a_row(self):
        scenario, _, path = self.recorded("ctime/three", "--client", "ctime-client", "--server", "ctime-server", "--times", 3)
        self.assertEqual(scenario["client"]["times"], 3)
        self.assertEqual(scenario["server"]["expect"]["stdout"]["times"], 3)
        self.assert_passes(path, *(f"{client}:{server}" for client in ("python", "cpp") for server in ("python", "cpp")))

    def test_a_deadlock(self):
        scenario, told, path = self.recorded("message/silence", "--client", "message-client", "--server", "message-server")
        self.assertEqual((scenario["exchange"], scenario["outcome"]), ([], "deadlock"))
        self.assertTrue(scenario["client"]["expect"]["running"] and scenario["server"]["expect"]["running"])
        self.assertRegex(told, r"recv … ┊ +┊ recv …")
        self.assert_passes(path, "c:c", "c:cpp", "cpp:c", "cpp:cpp")

    def test_a_refusal(self):
        scenario, _, path = self.recorded("echo/refused", "--client", "echo-client")
        self.assertEqual(scenario["exchange"], [{"client": {"event": "refused"}}])
        self.assert_passes(path, "python:-", "cpp:-")

    def test_a_server_alone(self):
        scenario, _, path = self.recorded("echo/alone", "--server", "echo-server")
        self.assertEqual(list(scenario), ["about", "server"])
        self.assert_passes(path, "-:python", "-:cpp")


class Commands(Record):
    def setUp(self):
        super().setUp()
        for name, text in PROGRAMS.items():
            self.write(name, text)

    def recorded_of(self, answer, *arguments, question="question.py {host} {port}", **options):
        return self.recorded("my/talk", "--port", 7007, "--server-command", f"python3 -B answer.py {{port}} {answer}",
                             "--client-command", f"python3 -B {question}", *arguments, **options)

    def test_bring_their_words(self):
        scenario, _, path = self.recorded_of("binary", question="question.py {host} {port} 'a b'")
        self.assertEqual(scenario["port"], 7007)
        self.assertEqual(scenario["server"]["command"], ["python3", "-B", "answer.py", "{port}", "binary"])
        self.assertEqual(scenario["client"]["command"][-1], "a b")
        self.assertEqual(scenario["exchange"][0], {"client": "a b"})
        self.assert_passes(path, "python3:python3")

    def test_are_found_from_where_the_scenario_lies(self):
        (self.folder / "below").mkdir()
        path = self.folder / "below/talk.json"
        self.run_parley("record", "talk", "--port", 7007, "--server-command", "python3 -B answer.py {port} binary",
                        "--client-command", "python3 -B question.py {host} {port}", "--output", path, cwd=self.folder)
        self.assertEqual(json.loads(path.read_text())["server"]["command"][2], "../answer.py")
        self.assert_passes(path, "python3:python3")

    def test_may_say_any_octets(self):
        exchange = self.recorded_of("binary")[0]["exchange"]
        self.assertEqual(exchange[1], {"server": [{"hex": "00 ff 89"}, {"repeat": "\0", "times": 40}]})

    def test_may_say_what_differs_from_run_to_run(self):
        scenario, _, path = self.recorded_of("numbers")
        number = {"regex": "[0-9]+"}
        port = {"port": "client"}
        self.assertEqual(scenario["exchange"][1], {"server": [number, " ", port, " ", {"time": "ctime"}]})
        self.assertEqual(scenario["client"]["expect"]["stdout"][:2], ["from port ", port])
        self.assert_passes(path, "python3:python3")

    def test_may_reset(self):
        scenario, _, path = self.recorded_of("reset")
        self.assertEqual(scenario["exchange"], [{"client": "ping"}, {"server": {"event": "reset"}}])
        self.assert_passes(path, "python3:python3")

    def test_end_in_an_order_that_only_a_cause_fixes(self):
        end = {"event": "end"}
        half_closing = "half_closing_question.py {host} {port}"
        self.assertEqual(self.recorded_of("to_the_end", question=half_closing)[0]["exchange"],
                         [{"client": "ping"}, {"client": end}, {"server": "ping"}, {"server": end}])
        (self.folder / "my-talk.json").unlink()
        self.assertEqual(self.recorded_of("long", question=half_closing)[0]["exchange"],
                         [{"client": "ping"}, {"server": "ping" * 1000}, {"server": end}])
        (self.folder / "my-talk.json").unlink()
        self.assertEqual(self.recorded_of("binary")[0]["exchange"][2:], [{"both": end}])

    def test_that_are_not_the_same_twice_are_told(self):
        scenario, told, path = self.recorded_of("random", status=NOT_AS_EXPECTED)
        self.assertIn("what was written does not hold:\nFAILED my/talk:python3:python3\n", told)
        self.assertRegex(told, r"expected 16: \"[0-9a-f]{16}\"\n  actual   16: ")
        self.assertIsNotNone(scenario)

    def test_that_a_signal_ends_are_no_scenario(self):
        scenario, told, _ = self.recorded_of("fall", status=NOT_AS_EXPECTED)
        self.assertIsNone(scenario)
        self.assertEqual(told, "the server was killed by signal 11 (SIGSEGV): no scenario can expect that\n")

    def test_that_never_meet_are_told(self):
        scenario, told, _ = self.recorded("my/talk", "--port", 7007, "--server-command", "python3 -B nothing.py",
                                          "--client-command", "python3 -B question.py {host} {port}",
                                          status=COULD_NOT_RUN)
        self.assertIsNone(scenario)
        self.assertIn("there was no conversation:\nCOULD NOT RUN my/talk:python3:python3\n", told)

    def test_that_print_without_end_are_expected_to_print_anything(self):
        scenario, told, _ = self.recorded("my/flood", "--server-command", "sh -c 'yes | head -c 100000; echo >&2'",
                                          "--port", 7007)
        self.assertEqual(scenario["server"]["expect"], {"exit": 0, "stderr": "\n"})
        self.assertIn("sh printed 100,000 octets, more than is kept: of that nothing is expected\n", told)

    def test_leave_nothing_where_the_user_interrupts(self):
        path, nap = self.folder / "talk.json", f"1000.{os.getpid()}"
        run = subprocess.Popen([command.PARLEY, "record", "talk", "--port", "7007", "--output", path, "--client-command",
                                "python3 -B question.py {host} {port}", "--server-command", f"sleep {nap}"],
                               cwd=self.folder, stderr=subprocess.DEVNULL)
        command.wait_until(lambda: command.processes_with(nap), "the server runs")
        run.send_signal(signal.SIGINT)
        self.assertEqual(run.wait(command.PATIENCE), INTERRUPTED)
        self.assertFalse(path.exists())

    def test_are_not_written_over_another_scenario(self):
        path = self.write("my-talk.json", "mine")
        self.assert_refused("my/talk", "--server", "echo-server", "--output", path, says="File exists")
        self.assertEqual(path.read_text(), "mine")


class Arguments(Record):
    def test_nobody(self):
        self.assert_refused("a/b", says="nobody plays: name a client, a server, or both")
        self.assert_refused("a/b", "--server", "", says="--server: it is empty")
        self.assert_refused(says="NAME")

    def test_an_unknown_role(self):
        self.assert_refused("a/b", "--client", "eco-client", says="unknown role 'eco-client'; did you mean 'echo-client'?")
        self.assert_refused("a/b", "--client", "echo-server", says="the role 'echo-server' is a server's, not a client's")
        self.assert_refused("a/b", "--server", "echo-server/ccp",
                            says="unknown implementation of echo-server 'ccp'; did you mean 'cpp'?")

    def test_a_command_without_a_port(self):
        self.assert_refused("a/b", "--server-command", "./server", says="--port says on which port the commands meet")

    def test_a_command_for_a_shell(self):
        self.assert_refused("a/b", "--port", 1, "--server-command", "./server | tee log", says="is for a shell")
        self.assert_refused("a/b", "--port", 1, "--server-command", "./server 'x", says="is not closed")

    def test_two_ways_to_say_one_thing(self):
        self.assert_refused("a/b", "--client", "echo-client", "--client-command", "x", says="excludes")
        self.assert_refused("a/b", "--client", "echo-client", "--stdin", "x", "--stdin-file", "y", says="excludes")
        self.assert_refused("a/b", "--server-command", "x", "--server-argv", "y", says="--server-argv requires --server")

    def test_what_is_about_a_client_without_one(self):
        for option, value in (("--stdin", "x"), ("--times", 2)):
            self.assert_refused("a/b", "--server", "echo-server", option, value,
                                says="--stdin and --times are about a client, and there is none")

    def test_others(self):
        self.assert_refused("a/b", "--client", "echo-client", "--env", "TZ", says='--env takes NAME=VALUE, not "TZ"')
        self.assert_refused("a/b", "--client", "echo-client", "--about", "\udcff", says='"\\xff" is not UTF-8')
        self.assert_refused("a/b", "--client", "echo-client", "--stdin-file", "nothing", says='cannot read "nothing"')
        self.assert_refused("a/b", "--client", "echo-client", "--output", "no/folder", says='"no/folder"')


if __name__ == "__main__":
    command.main()
