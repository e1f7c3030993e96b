#!/usr/bin/env python3
"""What the command makes of its arguments and of files that do not hold up: exit 2, a message, and nothing runs."""

import json

import command
from command import SOURCE, USAGE, WRONG

CATALOGUE = """{
  "roles": {
    "server": {"side": "server", "about": "Serves.", "port": 7007},
    "client": {"side": "client", "about": "Asks.", "port": 7007}
  },
  "implementations": {
    "server/a": {"command": ["true"]},
    "client/a": {"command": ["true"]}
  }
}
"""


class Arguments(command.Test):
    def assert_refused(self, *arguments, says):
        refused = self.run_parley(*arguments, status=USAGE)
        self.assertEqual(refused.stdout, "")
        self.assertRegex(refused.stderr, says)

    def test_help_names_every_subcommand_and_the_exit_status(self):
        for word in ("run", "list", "lint", "show", "record", "grade", "doctor", "Exit status: 0 all as expected"):
            self.assertIn(word, self.run_parley("--help").stdout)

    def test_help_of_run_names_every_option(self):
        told = self.run_parley("run", "--help").stdout
        for option in ("--filter", "--tag", "--jobs", "--repeat", "--seed", "--json", "--junit", "--fail-fast",
                       "--timeout-scale", "--isolation"):
            self.assertIn(option, told)

    def test_version(self):
        self.assertRegex(self.run_parley("--version").stdout, r"^parley \d+\.\d+\.\d+\n$")

    def test_wrong_usage(self):
        self.assert_refused(says="subcommand is required")
        self.assert_refused("walk", says="'walk' is neither a subcommand nor an option")
        self.assert_refused("run", "--loud", says="^unknown option '--loud'\nRun with --help")
        self.assert_refused("run", "--filtr", "x", says="^unknown option '--filtr'; did you mean '--filter'\\?\n")
        self.assert_refused("run", "--jobs", "none", says="--jobs")
        self.assert_refused("run", "--jobs", "0", says="--jobs")
        self.assert_refused("run", "--repeat", "0", says="--repeat")
        self.assert_refused("run", "--timeout-scale", "-1", says="--timeout-scale")
        self.assert_refused("run", "--isolation", "none", says="--isolation")
        self.assert_refused("list", says="WHAT")
        self.assert_refused("list", "everything", says="everything")
        self.assert_refused("show", says="SCENARIO")

    def test_an_unknown_option_before_the_command_that_is_verified(self):
        for words, option in ((("echo-server", "--levle", "wire", "--", "x", "--foo"), "'--levle'; did you mean '--level'\\?"),
                              (("--bogus", "echo-server", "--", "x", "--level"), "'--bogus'"),
                              (("echo-server", "--timeout-scale", "2", "-q", "--", "x"), "'-q'"),
                              (("echo-server", "--levle=wire", "--", "x"), "'--levle'; did you mean '--level'\\?")):
            self.assert_refused("verify", *words, says=f"^unknown option {option}\nRun with --help")

    def test_a_scenario_that_a_role_does_not_have(self):
        def refused(only):
            return self.run_parley("verify", "echo-server", "--only", only, "--", "true", status=USAGE).stderr
        self.assertEqual(refused("echo/to-messages"), "parley: unknown scenario of this role 'echo/to-messages'; did you "
                                                      "mean 'echo/two-messages'?\n")
        self.assertRegex(refused("longest"), "^parley: unknown scenario of this role 'longest'; the nearest are "
                                             "'echo/as-python-shows-it/longest'(, '[^']+'){2}\n$")

    def test_a_list_of_options_ends_before_the_command(self):
        for option in (["--limit", "memory=512M"], ["--visible", "/usr"]):
            ended = self.run_parley("verify", "echo-server", *option, "--", "/nonexistent/program", "-B",
                                    status=command.COULD_NOT_RUN)
            self.assertIn("/nonexistent/program", ended.stderr)

    def test_nothing_matches(self):
        self.assert_refused("run", "--filter", "nobody", says="no cell matches")
        self.assert_refused("run", "--tag", "nothing", says="no cell matches")

    def test_a_path_that_does_not_exist(self):
        self.assert_refused("run", self.folder / "nowhere", says="nowhere")

    def test_a_folder_without_scenarios(self):
        self.assert_refused("run", self.folder, says=self.folder.name)

    def test_a_report_that_cannot_be_written(self):
        for option in ("--json", "--junit"):
            self.assert_refused("run", WRONG, option, self.folder / "nowhere/report",
                                says=r"nowhere/report.*No such file or directory")


class WrongScenarios(command.Test):
    def setUp(self):
        super().setUp()
        self.write("implementations.json", CATALOGUE)

    def told_of(self, text):
        """What stands on stderr, without the file's name."""
        path = self.write("wrong.json", text)
        report = self.folder / "report.json"
        told = self.run_parley("run", path, "--json", report, status=USAGE)
        self.assertEqual(told.stdout, "")
        self.assertFalse(report.exists())
        for line in told.stderr.splitlines():
            self.assertTrue(line.startswith(f"{path}:"), line)
        return told.stderr.replace(f"{path}:", "")

    def test_no_json(self):
        self.assertRegex(self.told_of('{\n  "about": \n}'), r"^3:1: .+\n$")

    def test_an_unknown_key(self):
        self.assertEqual(self.told_of('{"about": "x",\n "sever": {"role": "server"}, "client": {"role": "client"}}'),
                         "2:2: unknown key 'sever'; did you mean 'server'?\n")

    def test_an_unknown_role(self):
        self.assertEqual(self.told_of('{"about": "x", "server": {"role": "sever"}}'),
                         "1:35: unknown role 'sever'; did you mean 'server'?\n")

    def test_every_mistake_has_its_line(self):
        self.assertEqual(len(self.told_of('{"about": "",\n "tags": 3,\n "server": {"role": 4}}').splitlines()), 3)

    def test_one_wrong_file_keeps_all_from_running(self):
        self.write("right.json", '{"about": "x", "server": {"role": "server"}}')
        self.write("wrong.json", "{}")
        told = self.run_parley("run", self.folder, status=USAGE)
        self.assertEqual(told.stdout, "")
        self.assertIn("wrong.json:1:1:", told.stderr)

    def test_a_catalogue_that_is_wrong(self):
        self.write("implementations.json", '{"roles": {},\n "implementations": []}')
        self.write("right.json", '{"about": "x", "server": {"role": "server"}}')
        self.assertIn("implementations.json:2:21:", self.run_parley("run", self.folder, status=USAGE).stderr)


class Lists(command.Test):
    def listed(self, what, *arguments):
        return json.loads(self.run_parley("list", what, *arguments, "--json").stdout)

    def test_as_lines_and_as_json_are_the_same_things(self):
        for what in ("scenarios", "roles", "implementations", "cells"):
            lines = self.run_parley("list", what).stdout.splitlines()
            self.assertEqual([line.split()[0] for line in lines], [entry["name"] for entry in self.listed(what)])

    def test_the_projects_own_scenarios_where_no_path_is_given(self):
        files = sorted(map(str, SOURCE.glob("scenarios/*/*.json")))
        self.assertEqual(sorted({entry["file"] for entry in self.listed("scenarios")}),
                         [file for file in files if "/schema/" not in file])

    def test_selected_as_run_selects(self):
        self.assertEqual([entry["name"] for entry in self.listed("cells", "--filter", "echo/two-messages:*:cpp")],
                         ["echo/two-messages:python:cpp", "echo/two-messages:cpp:cpp"])
        self.assertEqual({entry["name"] for entry in self.listed("scenarios", WRONG, "--tag", "clients")}, {"clients"})


class Doctor(command.Test):
    def test_says_what_works(self):
        told = self.run_parley("doctor").stdout
        self.assertRegex(told, r"(?m)^works    private network namespaces$")
        self.assertIn("Cells run in network namespaces of their own.", told)

    def test_as_json_with_the_keys_that_are_documented(self):
        told = json.loads(self.run_parley("doctor", "--json").stdout)
        self.assertEqual({one["works"] for one in told["features"] if one["required"]}, {True})
        self.assertEqual(told["consequences"]["isolation"], "namespace")
        documented = (command.SOURCE / "docs/doctor.md").read_text(encoding="utf-8")
        keys = {*told, *told["platform"], *told["features"][0], *told["consequences"]}
        for word in keys | {one["name"] for one in told["features"]}:
            self.assertIn(f"`{word}`", documented)


if __name__ == "__main__":
    command.main()
