#include "parley/report/observation_json.h"

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "parley/report/json_fields.h"

namespace parley {

namespace {

template <typename Items, typename Write>
Json list_to_json(const Items& items, Write write) {
    Json list = Json::array();
    for (const auto& item : items) list.push_back(write(item));
    return list;
}

template <typename Read>
auto list_from_json(const JsonValue& list, Read read) {
    std::vector<std::invoke_result_t<Read, const JsonValue&>> items;
    for (const JsonValue& element : elements(list)) items.push_back(read(element));
    return items;
}

Json connection_to_json(const Connection& connection) {
    return {{"client", connection.client},           {"client_port", connection.client_port},
            {"server_port", connection.server_port}, {"came", connection.came},
            {"reached", connection.reached},         {"queued", connection.queued}};
}

Connection connection_from_json(const JsonValue& value) {
    // Older reports do not tell these.
    const JsonValue *came = value.find("came"), *reached = value.find("reached"), *queued = value.find("queued");
    return {.client = integer<int>(member(value, "client")),
            .client_port = integer<int>(member(value, "client_port")),
            .server_port = integer<int>(member(value, "server_port")),
            .came = came ? int64(*came) : 0,
            .reached = reached ? text(*reached) : std::string(),
            .queued = queued && boolean(*queued)};
}

Json event_to_json(const WireEvent& event) {
    Json json{{"at", event.at.count()},
              {"connection", event.connection},
              {"side", name(event.side)},
              {"kind", name(event.kind)}};
    if (event.kind == WireEvent::Kind::data || !event.bytes.empty()) json["bytes"] = octets_to_json(event.bytes);
    if (event.cut != 0) json["cut"] = event.cut;
    return json;
}

WireEvent event_from_json(const JsonValue& value) {
    WireEvent event;
    event.at = std::chrono::microseconds(int64(member(value, "at")));
    event.connection = integer<int>(member(value, "connection"));
    event.side = enumerator(member(value, "side"), Side::server);
    event.kind = enumerator(member(value, "kind"), WireEvent::Kind::reset);
    if (const JsonValue* bytes = value.find("bytes")) event.bytes = octets_from_json(*bytes);
    if (const JsonValue* cut = value.find("cut")) event.cut = integer<std::uint64_t>(*cut);
    return event;
}

Json flood_to_json(const Flood& flood) {
    return {{"connection", flood.connection},
            {"side", name(flood.side)},
            {"octets", flood.octets},
            {"tail", octets_to_json(flood.tail)},
            {"digest", octets_to_json(flood.digest)}};
}

Flood flood_from_json(const JsonValue& value) {
    return {.connection = integer<int>(member(value, "connection")),
            .side = enumerator(member(value, "side"), Side::server),
            .octets = integer<std::uint64_t>(member(value, "octets")),
            .tail = octets_from_json(member(value, "tail")),
            .digest = octets_from_json(member(value, "digest"))};
}

Json refused_to_json(const std::pair<const int, std::uint64_t>& refused) {
    return {{"client", refused.first}, {"connections", refused.second}};
}

std::pair<int, std::uint64_t> refused_from_json(const JsonValue& value) {
    return {integer<int>(member(value, "client")), integer<std::uint64_t>(member(value, "connections"))};
}

// What only floods and storms bring is told only where there is any.
Json transcript_to_json(const Transcript& transcript) {
    Json json{{"connections", list_to_json(transcript.connections, connection_to_json)},
              {"events", list_to_json(transcript.events, event_to_json)}};
    if (!transcript.floods.empty()) json["floods"] = list_to_json(transcript.floods, flood_to_json);
    if (transcript.refused.empty()) return json;
    Json refused = Json::array();
    for (const auto& each : transcript.refused) refused.push_back(refused_to_json(each));
    json["refused"] = std::move(refused);
    return json;
}

Transcript transcript_from_json(const JsonValue& value) {
    Transcript transcript;
    transcript.connections = list_from_json(member(value, "connections"), connection_from_json);
    transcript.events = list_from_json(member(value, "events"), event_from_json);
    if (const auto* floods = value.find("floods")) transcript.floods = list_from_json(*floods, flood_from_json);
    if (const auto* refused = value.find("refused"))
        for (const auto& each : list_from_json(*refused, refused_from_json)) transcript.refused.insert(each);
    return transcript;
}

struct StateToJson {
    Json operator()(const NotStarted& state) const {
        return {{"is", "not-started"}, {"reason", octets_to_json(state.reason)}};
    }
    Json operator()(const Running&) const { return {{"is", "running"}}; }
    Json operator()(const Exited& state) const { return {{"is", "exited"}, {"status", state.status}}; }
    Json operator()(const Signaled& state) const { return {{"is", "signaled"}, {"signal", state.signal}}; }
};

ProgramState state_from_json(const JsonValue& value) {
    const std::string& is = text(member(value, "is"));
    if (is == "not-started") return NotStarted{octets_from_json(member(value, "reason"))};
    if (is == "running") return Running{};
    if (is == "exited") return Exited{integer<int>(member(value, "status"))};
    if (is == "signaled") return Signaled{integer<int>(member(value, "signal"))};
    throw_unexpected(value, format("\"{}\" is no state of a program", printable(is)));
}

Json captured_to_json(const Captured& captured) {
    return {{"bytes", octets_to_json(captured.bytes)}, {"total", captured.total}};
}

Captured captured_from_json(const JsonValue& value) {
    return {.bytes = octets_from_json(member(value, "bytes")), .total = integer<std::uint64_t>(member(value, "total"))};
}

Json wait_to_json(const BlockedCall& wait) {
    return {{"thread", octets_to_json(wait.thread)},
            {"call", octets_to_json(wait.call)},
            {"descriptor", wait.descriptor},
            {"object", octets_to_json(wait.object)},
            {"on_socket", wait.on_socket}};
}

BlockedCall wait_from_json(const JsonValue& value) {
    return {.thread = octets_from_json(member(value, "thread")),
            .call = octets_from_json(member(value, "call")),
            .descriptor = integer<int>(member(value, "descriptor")),
            .object = octets_from_json(member(value, "object")),
            .on_socket = boolean(member(value, "on_socket"))};
}

Json exceeded_to_json(const Exceeded& exceeded) {
    return {{"what", name(exceeded.what)}, {"limit", exceeded.limit}};
}

Exceeded exceeded_from_json(const JsonValue& value) {
    return {.what = enumerator(member(value, "what"), Exceeded::What::output),
            .limit = integer<std::uint64_t>(member(value, "limit"))};
}

// What hardly any program does is told only of those that do it.
void add_conduct(const ProgramObservation& program, Json& json) {
    if (program.stopped) json["stopped"] = true;
    if (program.left_behind != 0) json["left_behind"] = program.left_behind;
    if (program.exceeded) json["exceeded"] = exceeded_to_json(*program.exceeded);
}

void read_conduct(const JsonValue& value, ProgramObservation& program) {
    if (const auto* stopped = value.find("stopped")) program.stopped = boolean(*stopped);
    if (const auto* left_behind = value.find("left_behind")) program.left_behind = integer<int>(*left_behind);
    if (const auto* exceeded = value.find("exceeded")) program.exceeded = exceeded_from_json(*exceeded);
}

Json call_to_json(const SocketCall& call) {
    Json json{{"thread", call.thread},
              {"call", octets_to_json(call.call)},
              {"socket", call.socket},
              {"on", name(call.on)},
              {"descriptor", call.descriptor}};
    if (call.accepted != -1) json["accepted"] = call.accepted;
    if (!call.error.empty()) json["error"] = octets_to_json(call.error);
    if (!call.returned) json["returned"] = false;
    if (call.times != 1) json["times"] = call.times;
    return json;
}

SocketCall call_from_json(const JsonValue& value) {
    SocketCall call;
    call.thread = integer<int>(member(value, "thread"));
    call.call = octets_from_json(member(value, "call"));
    call.socket = integer<int>(member(value, "socket"));
    call.on = enumerator(member(value, "on"), SocketCall::On::connection);
    call.descriptor = integer<int>(member(value, "descriptor"));
    if (const JsonValue* accepted = value.find("accepted")) call.accepted = integer<int>(*accepted);
    if (const JsonValue* error = value.find("error")) call.error = octets_from_json(*error);
    if (const JsonValue* returned = value.find("returned")) call.returned = boolean(*returned);
    if (const JsonValue* times = value.find("times")) call.times = integer<std::uint64_t>(*times);
    return call;
}

Json program_to_json(const ProgramObservation& program) {
    Json json{{"command", list_to_json(program.command, octets_to_json)},
              {"process", program.process},
              {"state", std::visit(StateToJson{}, program.state)},
              {"stdout", captured_to_json(program.out)},
              {"stderr", captured_to_json(program.err)},
              {"waits", list_to_json(program.waits, wait_to_json)},
              {"listens", list_to_json(program.listens, octets_to_json)},
              {"opened_connection", program.opened_connection}};
    add_conduct(program, json);
    if (!program.calls.empty()) json["calls"] = list_to_json(program.calls, call_to_json);
    return json;
}

ProgramObservation program_from_json(const JsonValue& value) {
    ProgramObservation program{.command = list_from_json(member(value, "command"), octets_from_json),
                               .process = integer<int>(member(value, "process")),
                               .state = state_from_json(member(value, "state")),
                               .out = captured_from_json(member(value, "stdout")),
                               .err = captured_from_json(member(value, "stderr")),
                               .waits = list_from_json(member(value, "waits"), wait_from_json),
                               .listens = list_from_json(member(value, "listens"), octets_from_json),
                               .opened_connection = boolean(member(value, "opened_connection")),
                               .exceeded = {},
                               .calls = {}};
    if (const auto* calls = value.find("calls")) program.calls = list_from_json(*calls, call_from_json);
    read_conduct(value, program);
    return program;
}

Json clock_to_json(const Clock& clock) {
    Json json{{"began", clock.began}, {"ended", clock.ended}, {"utc_offset", clock.utc_offset}};
    if (clock.shift != 0) json["shift"] = clock.shift;
    return json;
}

Clock clock_from_json(const JsonValue& value) {
    return {.began = int64(member(value, "began")),
            .ended = int64(member(value, "ended")),
            .utc_offset = integer<int>(member(value, "utc_offset")),
            .shift = value.find("shift") ? int64(member(value, "shift")) : 0};
}

Json finding_to_json(const Finding& finding) {
    Json json{{"code", name(finding.code)},
              {"side", name(finding.side)},
              {"client", finding.client},
              {"message", octets_to_json(finding.message)},
              {"expected", octets_to_json(finding.expected)}};
    if (!finding.actual.empty()) json["actual"] = octets_to_json(finding.actual);
    if (finding.expected_bytes) json["expected_bytes"] = octets_to_json(*finding.expected_bytes);
    if (finding.actual_bytes) json["actual_bytes"] = octets_to_json(*finding.actual_bytes);
    json["offset"] = finding.offset;
    json["position"] = {{"line", finding.position.line}, {"column", finding.position.column}};
    return json;
}

Finding finding_from_json(const JsonValue& value) {
    Finding finding;
    finding.code = enumerator(member(value, "code"), Finding::Code::harness_trouble);
    finding.side = enumerator(member(value, "side"), Side::server);
    finding.client = integer<int>(member(value, "client"));
    finding.message = octets_from_json(member(value, "message"));
    finding.expected = octets_from_json(member(value, "expected"));
    if (const JsonValue* actual = value.find("actual")) finding.actual = octets_from_json(*actual);
    if (const JsonValue* bytes = value.find("expected_bytes")) finding.expected_bytes = octets_from_json(*bytes);
    if (const JsonValue* bytes = value.find("actual_bytes")) finding.actual_bytes = octets_from_json(*bytes);
    finding.offset = integer<std::size_t>(member(value, "offset"));
    const JsonValue& position = member(value, "position");
    finding.position = {.line = integer<int>(member(position, "line")),
                        .column = integer<int>(member(position, "column"))};
    return finding;
}

}  // namespace

const char* name(Ending ending) {
    switch (ending) {
        case Ending::complete: return "complete";
        case Ending::deadlock: return "deadlock";
        case Ending::deadline: return "deadline";
        case Ending::flood: return "flood";
        case Ending::interrupted: return "interrupted";
        case Ending::broken: return "broken";
    }
    return "?";
}

const char* name(SocketCall::On on) {
    switch (on) {
        case SocketCall::On::nothing: return "nothing";
        case SocketCall::On::listener: return "listener";
        case SocketCall::On::connection: return "connection";
    }
    return "?";
}

Json to_json(const Observation& observation) {
    return {{"ending", name(observation.ending)},
            {"trouble", octets_to_json(observation.trouble)},
            {"port", observation.port},
            {"seconds", observation.seconds},
            {"clock", clock_to_json(observation.clock)},
            {"transcript", transcript_to_json(observation.transcript)},
            {"server", observation.server ? program_to_json(*observation.server) : Json()},
            {"clients", list_to_json(observation.clients, program_to_json)},
            {"script_waits", list_to_json(observation.script_waits, octets_to_json)}};
}

Observation observation_from_json(const JsonValue& value) {
    Observation observation;
    observation.ending = enumerator(member(value, "ending"), Ending::broken);
    observation.trouble = octets_from_json(member(value, "trouble"));
    observation.port = integer<int>(member(value, "port"));
    observation.seconds = number(member(value, "seconds"));
    observation.clock = clock_from_json(member(value, "clock"));
    observation.transcript = transcript_from_json(member(value, "transcript"));
    const JsonValue& server = member(value, "server");
    if (!server.is_null()) observation.server = program_from_json(server);
    observation.clients = list_from_json(member(value, "clients"), program_from_json);
    observation.script_waits = list_from_json(member(value, "script_waits"), octets_from_json);
    return observation;
}

Json to_json(const std::vector<Finding>& findings) {
    return list_to_json(findings, finding_to_json);
}

std::vector<Finding> findings_from_json(const JsonValue& value) {
    return list_from_json(value, finding_from_json);
}

}  // namespace parley
