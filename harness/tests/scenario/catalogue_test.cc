#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "parley/base/format.h"
#include "parley/scenario/reader.h"

namespace parley {
namespace {

using testing::ElementsAre;

class Catalogues : public testing::Test {
protected:
    void TearDown() override { std::filesystem::remove(path_); }

    Catalogue read(const std::string& text) {
        std::ofstream(path_) << text;
        std::vector<Diagnostic> diagnostics;
        auto catalogue = read_catalogue(path_, diagnostics);
        for (const auto& diagnostic : diagnostics) mistakes_.push_back(diagnostic.str().substr(path_.size() + 1));
        return catalogue;
    }

    const std::string path_ =
        (std::filesystem::path(testing::TempDir()) / format("parley_catalogue_test.{}.json", getpid())).string();
    std::vector<std::string> mistakes_;
};

TEST_F(Catalogues, HoldRolesAndImplementationsInTheFilesOrder) {
    const auto catalogue = read(R"({"$schema": "x", "roles": {
        "talk-server": {"side": "server", "about": "it talks", "port": 5050,
                        "slides": {"set_up": "Servidor 1", "talk": "Servidor 2", "order": "Ordem"},
                        "primitives": ["socket", "bind"]},
        "talk-client": {"side": "client", "about": "it asks", "port": 5050, "argv": ["{host}", "{port}"]}},
        "implementations": {
        "talk-client/python": {"reference": true, "command": ["python3", "{source}/x.py"],
                               "needs": [{"path": "python3", "package": "python3-minimal"}]},
        "talk-server/cpp": {"command": ["{build}/x"], "claims": {"level": "wire", "reason": "it is silent"}},
        "talk-client/cpp": {"command": ["{build}/y"]}}})");
    EXPECT_THAT(mistakes_, ElementsAre());
    EXPECT_EQ(catalogue.file, path_);
    const auto& role = catalogue.roles.at("talk-client");
    EXPECT_EQ(role.name, "talk-client");
    EXPECT_EQ(role.side, Side::client);
    EXPECT_EQ(role.about, "it asks");
    EXPECT_EQ(role.port, 5050);
    EXPECT_THAT(role.argv, ElementsAre("{host}", "{port}"));
    EXPECT_EQ(role.slides.set_up, "");
    EXPECT_EQ(catalogue.roles.at("talk-server").side, Side::server);
    EXPECT_EQ(catalogue.roles.at("talk-server").slides.set_up, "Servidor 1");
    EXPECT_EQ(catalogue.roles.at("talk-server").slides.talk, "Servidor 2");
    EXPECT_EQ(catalogue.roles.at("talk-server").slides.order, "Ordem");
    EXPECT_THAT(catalogue.roles.at("talk-server").primitives, ElementsAre("socket", "bind"));
    EXPECT_EQ(catalogue.of("talk-server")[0]->claim.level, "wire");
    EXPECT_EQ(catalogue.of("talk-server")[0]->claim.reason, "it is silent");
    const auto clients = catalogue.of("talk-client");
    EXPECT_EQ(clients[0]->claim.level, "primitives");
    ASSERT_EQ(clients.size(), 2U);
    EXPECT_EQ(clients[0]->name(), "talk-client/python");
    EXPECT_TRUE(clients[0]->reference);
    EXPECT_THAT(clients[0]->command, ElementsAre("python3", "{source}/x.py"));
    EXPECT_EQ(clients[0]->needs.at(0).path, "python3");
    EXPECT_EQ(clients[0]->needs.at(0).package, "python3-minimal");
    EXPECT_EQ(clients[1]->language, "cpp");
    EXPECT_FALSE(clients[1]->reference);
    EXPECT_TRUE(catalogue.of("nobody").empty());
    EXPECT_THAT(catalogue.role_names(), ElementsAre("talk-client", "talk-server"));
}

TEST_F(Catalogues, ReportEveryMistake) {
    read(R"({"roles": {
"Talk": {"side": "sever", "about": 1, "port": 99999},
"talk": {"sid": "client", "about": "", "port": 1, "slides": {"setup": "", "talk": 1}}},
"implementations": {
"talc/python": {"command": []},
"talk/Python": {"comand": ["x"], "needs": [{"path": "x"}]},
"talk": {"command": "x"}}})");
    EXPECT_THAT(
        mistakes_,
        ElementsAre("2:1: a role's name is made of a to z, 0 to 9 and '-'",
                    "2:18: unknown side 'sever'; did you mean 'server'?", "2:36: 'about' is a string, not a number",
                    "2:47: 'port' is a whole number from 1 to 65535, not 99999", "3:9: missing key 'side'",
                    "3:10: unknown key 'sid'; did you mean 'side'?", "3:61: missing key 'set_up'",
                    "3:62: unknown key 'setup'; did you mean 'set_up'?", "3:83: 'talk' is a string, not a number",
                    "5:1: unknown role 'talc'; did you mean 'talk'?", "5:28: 'command' names no program",
                    "6:1: an implementation's name is role/language, and the language is made of a to z, 0 to 9 "
                    "and '-'",
                    "6:16: missing key 'command'", "6:17: unknown key 'comand'; did you mean 'command'?",
                    "6:44: missing key 'package'",
                    "7:1: an implementation's name is role/language, and the language is made of a to z, 0 to 9 "
                    "and '-'",
                    "7:21: 'command' is a list, not a string"));
}

TEST_F(Catalogues, ReportMistakesInPrimitivesAndClaims) {
    read(R"({"roles": {"talk": {"side": "client", "about": "", "port": 1, "primitives": [
"sockets", "send", "send", 1]}}, "implementations": {
"talk/c": {"command": ["x"], "claims": {"level": "primitives"}}}})");
    EXPECT_THAT(mistakes_, ElementsAre("2:1: unknown primitive 'sockets'; did you mean 'socket'?",
                                       "2:20: 'send' stands here twice", "2:28: a primitive is called by its name",
                                       "3:40: missing key 'reason'",
                                       "3:50: unknown level 'primitives'; there are 'wire', 'console'"));
}

TEST_F(Catalogues, BoundNames) {
    const std::string name(101, 'x');
    read(R"({"roles": {")" + name + R"(": {"side": "client", "about": "", "port": 1}}, "implementations": {}})");
    EXPECT_THAT(mistakes_, ElementsAre("1:12: a role's name has at most 100 characters"));
}

TEST_F(Catalogues, ReportWhatIsNoCatalogue) {
    read("[]");
    read("{}");
    read("{");
    EXPECT_THAT(mistakes_, ElementsAre("1:1: the catalogue is an object, not a list",
                                       "1:1: missing key 'implementations'", "1:1: missing key 'roles'",
                                       "1:2: found the end of the file; expected a key in double quotes or '}'"));
}

}  // namespace
}  // namespace parley
