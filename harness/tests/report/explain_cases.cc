#include "explain_cases.h"

#include <utility>

#include "tests/judge/made.h"

namespace parley {

namespace {

using namespace made;
using Code = Finding::Code;

constexpr auto client = Side::client;
constexpr auto server = Side::server;

/// The conversation of the slides as right programs have it, with all that it leaves behind.
Observation right_echo(const std::vector<WireEvent>& events) {
    auto seen = observation(events);
    seen.clients[0].out = printed("Received: Echo ==>b'Hello world!'\nReceived: Echo ==>b'Again!'\n");
    seen.server->out = printed("Servidor conectado por ('127.0.0.1', 40404)\n");
    return seen;
}

Observation right_echo() {
    return right_echo(two_messages_said());
}

/// One line for one answer, as the C programs talk.
Scenario message_scenario() {
    auto wanted =
        scenario({turn(Who::client, "Oi, sou o cliente!\n"), turn(Who::server, "Sou o Servidor. Recebi sua mensagem."),
                  turn(Who::server, StreamEvent::end)});
    wanted.name = "message/one-line";
    wanted.file = "scenarios/message/one-line.json";
    wanted.clients[0].input = "Oi, sou o cliente!\n";
    return wanted;
}

Observation message_observation(const std::vector<WireEvent>& events) {
    auto seen = observation(events);
    seen.port = 5488;
    seen.server = program({"build/reference/c/server", "5488"}, Exited{0});
    seen.server->out =
        printed("Servidor ouvindo na porta [5488]...\nMensagem recebida do cliente: Oi, sou o cliente!\n\n");
    seen.clients[0].command = {"build/reference/c/client", "localhost", "5488"};
    seen.clients[0].out = printed("Informe a mensagem: Sou o Servidor. Recebi sua mensagem.\n");
    return seen;
}

Scenario time_scenario() {
    Value now{{TimeText{}}, {}};
    auto wanted = scenario({turn(Who::server, std::move(now)), turn(Who::both, StreamEvent::end)});
    wanted.name = "ctime/one-client";
    wanted.file = "scenarios/ctime/one-client.json";
    return wanted;
}

ExplainCase bytes_differ() {
    auto seen = observation({says(server, "Sun Nov 22 06:41:07 2026"), ends(server), ends(client)});
    seen.clock = {1795340467, 1795340468, 0};
    seen.port = 8888;
    seen.server->command = {"python3", "reference/python/time_server.py"};
    seen.server->listens = {"0.0.0.0:8888"};
    seen.clients[0].command = {"build/cpp/ctime_client", "localhost", "8888"};
    seen.clients[0].out = printed("Received from server:b'Sun Nov 22 06:41:07 2026'\n");
    return {Code::bytes_differ, time_scenario(), seen};
}

ExplainCase bytes_missing() {
    auto seen = message_observation({says(client, "Oi, sou o cliente!"),
                                     says(server, "Sou o Servidor. Recebi sua mensagem."), ends(server), ends(client)});
    return {Code::bytes_missing, message_scenario(), seen};
}

ExplainCase bytes_extra() {
    auto events = two_messages_said();
    events[1].bytes += '\0';
    return {Code::bytes_extra, scenario(two_messages()), right_echo(events)};
}

ExplainCase turn_missing() {
    auto wanted = scenario(two_messages());
    auto seen = observation({says(client, "Hello world!"), says(server, "Echo ==>b'Hello world!'")});
    seen.clients[0].out = printed("Received: Echo ==>b'Hello world!'");
    wanted.outcome = Outcome::deadlock;
    seen.ending = Ending::deadlock;
    both_receive(seen);
    return {Code::turn_missing, wanted, seen};
}

ExplainCase data_unexpected() {
    auto events = two_messages_said();
    events.insert(events.begin() + 5, says(server, "Até logo!\r\n"));
    return {Code::data_unexpected, scenario(two_messages()), right_echo(events)};
}

ExplainCase out_of_turn() {
    return {Code::out_of_turn, scenario(two_messages()),
            right_echo({says(client, "Hello world!"), says(client, "Again!"),
                        says(server, "Echo ==>b'Hello world!Again!'"), ends(client), ends(server)})};
}

ExplainCase end_missing() {
    auto events = two_messages_said();
    events.pop_back();
    return {Code::end_missing, scenario(two_messages()), right_echo(events)};
}

ExplainCase end_unexpected() {
    return {Code::end_unexpected, scenario(two_messages()),
            right_echo({says(client, "Hello world!"), ends(server), ends(client)})};
}

ExplainCase reset_unexpected() {
    auto seen = message_observation({says(client, "Oi, sou o cliente!\n"), resets(server)});
    seen.clients[0].out = printed("Informe a mensagem: ");
    seen.clients[0].err = printed("ERRO: leitura do socket: Connection reset by peer\n");
    return {Code::reset_unexpected, message_scenario(), seen};
}

ExplainCase reset_missing() {
    auto wanted = scenario({turn(Who::client, "Hello world!"), turn(Who::server, StreamEvent::reset)});
    return {Code::reset_missing, wanted, right_echo({says(client, "Hello world!"), ends(server), ends(client)})};
}

ExplainCase not_refused() {
    auto wanted = scenario({turn(Who::client, StreamEvent::refused)});
    wanted.server.reset();
    auto seen = right_echo({ends(client)});
    seen.server.reset();
    return {Code::not_refused, wanted, seen};
}

ExplainCase never_connected() {
    auto seen = right_echo({});
    seen.transcript = {};
    seen.server->out = {};
    seen.clients[0].out = {};
    seen.clients[0].state = Exited{1};
    seen.clients[0].err = printed("connect: Connection refused\n");
    return {Code::never_connected, scenario(two_messages()), seen};
}

ExplainCase connection_extra() {
    auto seen = right_echo({ends(client)});
    connect(seen, 0);
    for (auto event : two_messages_said()) {
        event.connection = 1;
        seen.transcript.events.push_back(event);
    }
    return {Code::connection_extra, scenario(two_messages()), seen};
}

ExplainCase wrong_host() {
    auto seen = right_echo();
    auto wanted = scenario(two_messages());
    seen.transcript.connections[0].reached = "127.0.0.1";
    wanted.clients[0].host = "127.0.0.2";
    return {Code::wrong_host, wanted, seen};
}

ExplainCase never_listened() {
    auto seen = right_echo({});
    seen.transcript.events.pop_back();
    seen.clients[0].out = {};
    seen.server->out = {};
    seen.server->listens.clear();
    seen.server->state = Exited{1};
    seen.server->err = printed(
        "Traceback (most recent call last):\n  File \"echo_server.py\", line 7, in <module>\n"
        "    sock.bind((my_host, my_port))\nPermissionError: [Errno 13] Permission denied\n");
    return {Code::never_listened, scenario(two_messages()), seen};
}

ExplainCase wrong_port() {
    auto seen = message_observation({});
    seen.transcript.events.pop_back();
    seen.server->state = Running{};
    seen.server->out = {};
    seen.server->listens = {"0.0.0.0:28693"};
    seen.clients[0].out = {};
    return {Code::wrong_port, message_scenario(), seen};
}

ExplainCase not_started() {
    auto seen = right_echo({});
    seen.transcript = {};
    seen.clients[0].out = {};
    seen.server->out = {};
    seen.clients[0].state = NotStarted{"execve \"build/cpp/echo_client\": No such file or directory"};
    return {Code::not_started, scenario(two_messages()), seen};
}

ExplainCase exit_status() {
    auto wanted = scenario(two_messages());
    wanted.clients[0].expect.exit = 0;
    wanted.clients[0].expect.exit_position = {5, 53};
    auto seen = right_echo();
    seen.clients[0].state = Exited{1};
    seen.clients[0].err =
        printed("Traceback (most recent call last):\nOSError: [Errno 107] Transport endpoint is not connected\n");
    return {Code::exit_status, wanted, seen};
}

ExplainCase killed_by_signal() {
    auto wanted = message_scenario();
    wanted.server->expect.exit = 0;
    auto seen = message_observation({says(client, "Oi, sou o cliente!\n"), ends(server), ends(client)});
    seen.server->state = Signaled{11};
    seen.server->out = {};
    seen.clients[0].out = printed("Informe a mensagem: \n");
    return {Code::killed_by_signal, wanted, seen};
}

ExplainCase still_running() {
    auto wanted = message_scenario();
    wanted.server->expect.exit = 0;
    wanted.server->expect.exit_position = {4, 57};
    auto seen = message_observation({says(client, "Oi, sou o cliente!\n"),
                                     says(server, "Sou o Servidor. Recebi sua mensagem."), ends(server), ends(client)});
    seen.server->state = Running{};
    seen.server->listens = {"0.0.0.0:5488"};
    seen.server->waits = {{"server", "accept", 3, "listening on 0.0.0.0:5488", true}};
    return {Code::still_running, wanted, seen};
}

ExplainCase ended_early() {
    auto wanted = scenario(two_messages());
    wanted.server->expect.running = true;
    wanted.server->expect.running_position = {4, 57};
    auto seen = right_echo();
    seen.server->state = Exited{0};
    seen.server->listens.clear();
    return {Code::ended_early, wanted, seen};
}

ExplainCase stdout_differs() {
    auto wanted = scenario(two_messages());
    wanted.clients[0].expect.out = text("Received: Echo ==>b'Hello world!'\nReceived: Echo ==>b'Again!'\n");
    wanted.clients[0].expect.out->position = {5, 53};
    auto seen = right_echo();
    seen.clients[0].out = printed("Received: Echo ==>b'Hello world!'\r\nReceived: Echo ==>b'Again!'\r\n");
    return {Code::stdout_differs, wanted, seen};
}

ExplainCase stderr_differs() {
    auto wanted = scenario({turn(Who::client, StreamEvent::refused)});
    wanted.name = "message/refused";
    wanted.file = "scenarios/message/refused.json";
    wanted.server.reset();
    wanted.clients[0].expect.err = text("ERRO: conexão: Connection refused\n");
    wanted.clients[0].expect.err->position = {5, 53};
    auto seen = message_observation({});
    seen.transcript = {};
    seen.server.reset();
    seen.clients[0].out = {};
    seen.clients[0].err = printed("ERRO: conex\xe3o: Connection refused\n");
    return {Code::stderr_differs, wanted, seen};
}

ExplainCase deadlock() {
    auto seen = right_echo({says(client, "Hello world!"), says(server, "Echo ==>b'Hello world!"), ends(client)});
    seen.transcript.events.pop_back();
    seen.clients[0].out = {};
    seen.ending = Ending::deadlock;
    both_receive(seen);
    return {Code::deadlock, scenario(two_messages()), seen};
}

ExplainCase deadlock_missing() {
    auto wanted = message_scenario();
    wanted.name = "message/empty-input";
    wanted.file = "scenarios/message/empty-input.json";
    wanted.clients[0].input.clear();
    wanted.clients[0].exchange.clear();
    wanted.outcome = Outcome::deadlock;
    auto seen = message_observation({ends(client), ends(server)});
    seen.server->out = {};
    seen.clients[0].out = printed("Informe a mensagem: ");
    return {Code::deadlock_missing, wanted, seen};
}

ExplainCase deadline() {
    const Bytes block(1024, 'x');
    auto wanted = scenario({turn(Who::client, block), turn(Who::server, "Echo ==>b'" + block + "'")});
    wanted.clients[0].input = block;
    auto seen = right_echo({says(client, block), says(server, "Echo ==>b'" + block.substr(0, 1000))});
    seen.ending = Ending::deadline;
    seen.seconds = 5.004;
    seen.clients[0].out = {};
    both_receive(seen);
    seen.server->waits.clear();
    return {Code::deadline, wanted, seen};
}

/// Calls on socket number `socket`.
std::vector<SocketCall> calls_on(int socket, SocketCall::On on, const std::vector<const char*>& names) {
    std::vector<SocketCall> calls;
    for (const auto* name : names) {
        auto& call = calls.emplace_back();
        call.call = name;
        call.socket = socket;
        call.on = on;
    }
    return calls;
}

ExplainCase primitives_differ() {
    auto wanted = message_scenario();
    wanted.server->expect.primitives = {"socket", "bind", "listen", "accept", "recv", "send", "close"};
    auto seen = message_observation({says(client, "Oi, sou o cliente!\n"),
                                     says(server, "Sou o Servidor. Recebi sua mensagem."), ends(server), ends(client)});
    auto& calls = seen.server->calls;
    calls = calls_on(0, SocketCall::On::listener, {"socket", "bind", "listen", "accept"});
    calls.back().accepted = 1;
    for (const auto& call : calls_on(1, SocketCall::On::connection, {"write", "read", "close"})) calls.push_back(call);
    return {Code::primitives_differ, wanted, seen};
}

ExplainCase output_flood() {
    auto wanted = scenario(two_messages());
    wanted.server->expect.err = text("");
    wanted.server->expect.err->position = {4, 57};
    auto seen = right_echo();
    Bytes noise;
    while (noise.size() < Captured::limit) noise += "accept: Bad file descriptor\n";
    noise.resize(Captured::limit);
    seen.server->err = {noise, 73'400'320};
    return {Code::output_flood, wanted, seen};
}

ExplainCase process_limit() {
    auto seen = right_echo({says(client, "Hello world!")});
    seen.server->state = Signaled{9};
    seen.server->exceeded = Exceeded{Exceeded::What::processes, 256};
    return {Code::process_limit, scenario(two_messages()), seen};
}

ExplainCase memory_limit() {
    auto seen = right_echo({says(client, "Hello world!")});
    seen.server->state = Signaled{9};
    seen.server->exceeded = Exceeded{Exceeded::What::memory, 1 << 30};
    return {Code::memory_limit, scenario(two_messages()), seen};
}

ExplainCase processor_limit() {
    auto seen = right_echo({says(client, "Hello world!")});
    seen.server->state = Signaled{9};
    seen.server->exceeded = Exceeded{Exceeded::What::processor, 30};
    return {Code::processor_limit, scenario(two_messages()), seen};
}

ExplainCase file_size_limit() {
    auto seen = right_echo({says(client, "Hello world!")});
    seen.server->state = Signaled{25};
    return {Code::file_size_limit, scenario(two_messages()), seen};
}

ExplainCase stopped() {
    auto seen = right_echo({says(client, "Hello world!")});
    seen.ending = Ending::deadline;
    seen.seconds = 5.002;
    seen.server->stopped = true;
    return {Code::stopped, scenario(two_messages()), seen};
}

ExplainCase daemonised() {
    auto wanted = scenario(two_messages());
    wanted.server->expect.running = true;
    wanted.server->expect.running_position = {4, 41};
    auto seen = right_echo();
    seen.server->state = Exited{0};
    seen.server->left_behind = 1;
    return {Code::daemonised, wanted, seen};
}

ExplainCase left_processes() {
    auto seen = right_echo();
    seen.clients[0].left_behind = 2;
    return {Code::left_processes, scenario(two_messages()), seen};
}

ExplainCase passed_unexpectedly() {
    return {Code::passed_unexpectedly, scenario(two_messages()), right_echo(),
            KnownFailure{"echo/*:cpp:*", "the client keeps its second message", {}}};
}

ExplainCase harness_trouble() {
    auto seen = right_echo({});
    seen.transcript = {};
    seen.server->out = {};
    seen.clients[0].out = {};
    seen.ending = Ending::broken;
    seen.trouble = "setns: Operation not permitted";
    return {Code::harness_trouble, scenario(two_messages()), seen};
}

}  // namespace

Verdict verdict_of(const ExplainCase& each) {
    auto verdict = judge(each.scenario, each.observation);
    return each.known_failure ? with_known_failure(std::move(verdict), *each.known_failure) : verdict;
}

std::vector<ExplainCase> explain_cases() {
    return {bytes_differ(),     bytes_missing(),    bytes_extra(),       turn_missing(),
            data_unexpected(),  out_of_turn(),      end_missing(),       end_unexpected(),
            reset_unexpected(), reset_missing(),    not_refused(),       never_connected(),
            wrong_host(),       connection_extra(), never_listened(),    wrong_port(),
            not_started(),      exit_status(),      killed_by_signal(),  still_running(),
            ended_early(),      stdout_differs(),   stderr_differs(),    deadlock(),
            deadlock_missing(), deadline(),         primitives_differ(), output_flood(),
            process_limit(),    memory_limit(),     processor_limit(),   file_size_limit(),
            stopped(),          daemonised(),       left_processes(),    passed_unexpectedly(),
            harness_trouble()};
}

}  // namespace parley
