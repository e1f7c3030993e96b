#include "parley/judge/wording.h"

#include <gtest/gtest.h>

#include "made.h"
#include "tests/base/in_portuguese.h"

namespace parley {
namespace {

TEST(LastLine, IsTheLastThatSaysSomething) {
    EXPECT_EQ(last_line(""), "");
    EXPECT_EQ(last_line("\n\n"), "");
    EXPECT_EQ(last_line("one"), "one");
    EXPECT_EQ(last_line("one\ntwo\r\n \n"), "two");
}

TEST(TellingLine, NamesTheErrorAndNotWhereItComesFrom) {
    EXPECT_EQ(telling_line("Traceback (most recent call last):\n  File \"x.py\"\nKeyError: 'a'\n"), "KeyError: 'a'");
    EXPECT_EQ(
        telling_line("/x.js:3\n  y()\n  ^\n\nReferenceError: y is not defined\n    at x.js:3\n\nNode.js v20.1.0\n"),
        "ReferenceError: y is not defined");
    EXPECT_EQ(telling_line("x.rb:3:in `a': no b (TypeError)\n\tfrom x.rb:9:in `<main>'\n"),
              "x.rb:3:in `a': no b (TypeError)");
    EXPECT_EQ(telling_line("Exception in thread \"main\" java.io.IOException\n\tat A.main(A.java:3)\n"),
              "Exception in thread \"main\" java.io.IOException");
    EXPECT_EQ(telling_line("thread 'main' panicked at x.rs:15:44:\nindex out of bounds\nnote: run with\n"),
              "index out of bounds");
    EXPECT_EQ(telling_line("lua5.4: x.lua:2: attempt to call a nil value\nstack traceback:\n\t[C]: in ?\n"),
              "lua5.4: x.lua:2: attempt to call a nil value");
    EXPECT_EQ(telling_line("can't read \"a\"\n    while executing\n\"puts $a\"\n"), "can't read \"a\"");
    EXPECT_EQ(telling_line("warming up\nbind: Address already in use\n"), "bind: Address already in use");
}

TEST(StateText, TellsEveryWayToEnd) {
    EXPECT_EQ(state_text(Exited{1}), "exit 1");
    EXPECT_EQ(state_text(Signaled{13}), "killed by signal 13 (SIGPIPE)");
    EXPECT_EQ(state_text(Signaled{40}), "killed by signal 40");
    EXPECT_EQ(state_text(Running{}), "still running");
    EXPECT_EQ(state_text(NotStarted{}), "not started");
}

TEST(EndedText, IsAVerb) {
    EXPECT_EQ(ended_text(Exited{1}), "ended with exit 1");
    EXPECT_EQ(ended_text(Signaled{11}), "was killed by signal 11 (SIGSEGV)");
}

TEST(ActivityText, PrefersTheCallOnASocket) {
    ProgramObservation jvm;
    jvm.state = Running{};
    jvm.waits = {{"GC Thread#0", "futex", -1, "", false}, {"main", "accept", 6, "listening on [::]:5155", true}};
    EXPECT_EQ(activity_text(jvm), "waits in accept(6), listening on [::]:5155");
    jvm.waits.pop_back();
    EXPECT_EQ(activity_text(jvm), "waits in futex");
}

TEST(AllActivities, AreBounded) {
    auto wanted = made::scenario({});
    auto seen = made::observation({});
    wanted.clients.resize(5, wanted.clients[0]);
    seen.clients.resize(5, seen.clients[0]);
    EXPECT_EQ(
        all_activities(wanted, seen),
        "client 1 had ended: exit 0; client 2 had ended: exit 0; client 3 had ended: exit 0; and so on for 2 more "
        "clients; the server is still running");
}

using InBrazil = PortugueseTest;

/// A translation draws prepositions into that article.
TEST_F(InBrazil, WhoeverDoesSomethingHasTheArticleO) {
    auto several = made::scenario({});
    several.clients.resize(2, several.clients[0]);
    for (const auto& who : {side_text(Side::client), side_text(Side::server), subject(several, Side::client, 1)})
        EXPECT_TRUE(who.starts_with("o ")) << who;
}

TEST_F(InBrazil, WhatADescriptorIsIsTranslatedAndNotItsName) {
    EXPECT_EQ(call_text({"", "accept", 3, "listening on 0.0.0.0:5050", true}), "accept(3), que escuta em 0.0.0.0:5050");
    EXPECT_EQ(call_text({"", "recvfrom", 4, "connected to 127.0.0.1:40404", true}),
              "recvfrom(4), conectado a 127.0.0.1:40404");
    EXPECT_EQ(call_text({"", "recvfrom", 4, "unconnected, bound to a Unix-domain socket", true}),
              "recvfrom(4), sem conexão, associado a um socket do domínio Unix");
    EXPECT_EQ(call_text({"", "read", 0, "pipe", false}), "read(0), pipe");
}

TEST_F(InBrazil, ManyAreCountedAsOneIs) {
    auto wanted = made::scenario({});
    auto seen = made::observation({});
    wanted.clients.resize(4, wanted.clients[0]);
    seen.clients.resize(4, seen.clients[0]);
    EXPECT_EQ(all_activities(wanted, seen),
              "o cliente 1 já tinha terminado: código de saída 0; o cliente 2 já tinha terminado: código de saída 0; "
              "o cliente 3 já tinha terminado: código de saída 0; e assim por diante com mais 1 cliente; o servidor "
              "ainda está em execução");
}

}  // namespace
}  // namespace parley
