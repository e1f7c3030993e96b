#include "parley/judge/exchange.h"

#include <algorithm>
#include <utility>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/arrival.h"
#include "parley/judge/expected_texts.h"
#include "parley/judge/wording.h"
#include "parley/scenario/match.h"
#include "parley/scenario/time_text.h"

namespace parley {

namespace {

using Code = Finding::Code;
using Kind = WireEvent::Kind;

// What had yet to come is told so that it is recognised.
constexpr std::size_t longest_awaited = 60;

const char* did(Kind kind) {
    return kind == Kind::reset ? tr("reset the connection") : tr("ended its stream");
}

/// `48 ("H")`
std::string octet_text(char octet) {
    const std::string_view alone(&octet, 1);
    return format("{} ({})", hex(alone), quoted(alone));
}

/// Goes through steps and acts side by side, to the first act that is not the one whose turn it is.
class Walk {
public:
    Walk(const Scenario& scenario, const Observation& observation, int client, int connection)
        : scenario_(scenario),
          observation_(observation),
          client_(client),
          connection_(connection),
          steps_(steps_of(part().exchange)),
          acts_(acts_of(observation.transcript, connection, steps_)),
          clock_(clock_of(observation, connection)),
          may_end_early_(part().on_trial && !has_reset(observation.transcript, connection, Side::client)) {}

    ExchangeResult result() {
        while (step_ < steps_.size() && take(steps_[step_])) ++step_;
        if (result_.held() && next()) unexpected(*next());
        if (!result_.held() && result_.owed.empty()) add_independent_endings();
        result_.captures = std::move(captures_);
        return std::move(result_);
    }

private:
    const ClientPart& part() const { return scenario_.clients[static_cast<std::size_t>(client_)]; }
    const Connection& carried() const {
        return observation_.transcript.connections[static_cast<std::size_t>(connection_)];
    }
    const Act* next() const { return act_ < acts_.list.size() ? &acts_.list[act_] : nullptr; }

    bool take(const Step& step) {
        if (std::holds_alternative<Value>(step.what)) return take_data(step, value_of(step));
        return take_event(step, std::get<StreamEvent>(step.what));
    }

    Value value_of(const Step& step) const {
        const auto ports = ports_seen_by(sides_of(step.who).front(), carried());
        return std::get<Value>(step.what).with(captures_).with_ports(ports);
    }

    bool take_data(const Step& step, const Value& value) {
        const Side side = sides_of(step.who).front();
        Bytes run;
        cut_ = 0;
        pass_early_end();
        while (next() && next()->kind == Kind::data && next()->side == side) {
            run += next()->bytes;
            cut_ += next()->cut;
            ++act_;
            pass_early_end();
        }
        Match found = match(value, run, clock_);
        captures_.merge(found.captured);
        if (found.matches) return true;
        if (found.surplus)
            surplus(side, value, run, found.offset);
        else if (found.incomplete && cut_ > 0)
            add(stops_early(side, value, run, ""));  // what came then, nobody knows
        else if (found.incomplete)
            incomplete(side, value, run);
        else
            differ(side, value, run, found.offset);
        return false;
    }

    /// A client on trial that has said all that it had to say may half-close before the answer has come. One that has
    /// closed both ways resets the connection when the answer comes.
    void pass_early_end() {
        if (!may_end_early_ || !next() || next()->kind != Kind::end || next()->side != Side::client) return;
        const auto speaks = [](const Step& step) {
            return std::holds_alternative<Value>(step.what) && step.who == Who::client;
        };
        if (std::any_of(steps_.begin() + static_cast<std::ptrdiff_t>(step_), steps_.end(), speaks)) return;
        has_ended_early_ = true;
        ++act_;
    }

    static bool has_reset(const Transcript& transcript, int connection, Side side) {
        return std::any_of(transcript.events.begin(), transcript.events.end(), [&](const WireEvent& event) {
            return event.connection == connection && event.side == side && event.kind == Kind::reset;
        });
    }

    bool take_event(const Step& step, StreamEvent event) {
        const Kind kind = event == StreamEvent::reset ? Kind::reset : Kind::end;
        auto sides = sides_of(step.who);
        if (!includes(step.who, Side::client)) pass_early_end();
        if (kind == Kind::end && has_ended_early_) std::erase(sides, Side::client);
        while (!sides.empty()) {
            if (!next()) return event_missing(sides, kind), false;
            const auto side = std::find(sides.begin(), sides.end(), next()->side);
            if (next()->kind != kind || side == sides.end()) return unexpected(*next()), false;
            sides.erase(side);
            ++act_;
        }
        return true;
    }

    void differ(Side side, const Value& value, const Bytes& run, std::size_t offset) {
        auto finding = data_finding(Code::bytes_differ, side, value, run, offset);
        const Bytes* literal = value.literal();
        finding.message = literal ? told("{} has {} at offset {} where {} was expected", turn_of(side),
                                         octet_text(run[offset]), offset, octet_text((*literal)[offset]))
                                  : told("{} has {} at offset {}, which does not fit what was expected", turn_of(side),
                                         octet_text(run[offset]), offset);
        add(std::move(finding));
    }

    /// Too much: the beginning of what the side has to say later, or what it has not to say at all.
    void surplus(Side side, const Value& value, const Bytes& run, std::size_t offset) {
        const auto rest = std::string_view(run).substr(offset);
        const Step* later = later_data(side);
        const bool early = later && fits(match(std::get<Value>(later->what), rest, clock_));
        auto finding = data_finding(early ? Code::out_of_turn : Code::bytes_extra, side, value, run, offset);
        finding.message = early ? told("{} sent its turn {} without waiting for {}", who(side), later->turn,
                                       step_text(steps_[step_ + 1]))
                                : told("{} goes on for {} after what was expected: {}", turn_of(side),
                                       octets(rest.size() + cut_), excerpt(rest));
        add(std::move(finding));
    }

    /// Too little: what came instead of the rest says whose doing it is.
    void incomplete(Side side, const Value& value, const Bytes& run) {
        const Act* act = next();
        const auto end = acts_.end(side);
        if (end && (!act || *end <= act->order)) return ended_too_early(side, value, run);
        if (!act) return data_owed(side, value, run);
        if (act->kind != Kind::data) return cut_short(*act, side, value, run);
        if (run.empty() || goes_on_later(side, value, run)) return spoke_early(*act, side, value, run);
        add(stops_early(side, value, run, told(", before {} answered", who(act->side))));
    }

    void ended_too_early(Side side, const Value& value, const Bytes& run) {
        if (!run.empty()) return add(stops_early(side, value, run, tr(", then it ended its stream")));
        add(left_before(steps_[step_], Kind::end));
    }

    /// A reset of either side, or the other side's end, in place of the rest of the turn.
    void cut_short(const Act& act, Side side, const Value& value, const Bytes& run) {
        if (run.empty()) return left(act, side);
        const Code code = act.kind == Kind::reset ? Code::reset_unexpected : Code::end_unexpected;
        auto finding = data_finding(code, act.side, value, run, run.size());
        const auto turn = act.side == side ? told("its turn {}", steps_[step_].turn) : turn_of(side);
        finding.message = told("{} {} after {} of {}", who(act.side), did(act.kind), octets(run.size()), turn);
        add(std::move(finding));
    }

    /// `act` in place of `side`'s turn. Whether the other side left just before the turn or in the midst of it is a
    /// matter of chance: what tells is which turn itself had yet to take.
    void left(const Act& act, Side side) {
        const Step* owed = act.side == side ? &steps_[step_] : later_data(act.side);
        if (!owed) return unexpected(act);
        add(left_before(*owed, act.kind));
    }

    /// `kind` in place of `step`, which is data.
    Finding left_before(const Step& step, Kind kind) const {
        const Side side = sides_of(step.who).front();
        const Code code = kind == Kind::reset ? Code::reset_unexpected : Code::end_unexpected;
        auto finding = data_finding(code, side, value_of(step), {}, 0);
        finding.position = step.position;
        finding.message = told("{} {} before {}", who(side), did(kind), told("its turn {}", step.turn)) + where(side);
        return finding;
    }

    void data_owed(Side side, const Value& value, const Bytes& run) {
        const auto length = length_of(value);
        result_.owed =
            length ? plural(run.size(), "{} of {} of {} had come", "{} of {} of {} had come", grouped(run.size()),
                            octets(*length), turn_of(side))
                   : plural(run.size(), "{} of {} had come", "{} of {} had come", octets(run.size()), turn_of(side));
        if (!run.empty()) return add(stops_early(side, value, run, ""));
        auto finding = data_finding(Code::turn_missing, side, value, run, 0);
        finding.message = told("{} did not come: {}", turn_of(side), all_activities(scenario_, observation_));
        add(std::move(finding));
    }

    Finding stops_early(Side side, const Value& value, const Bytes& run, const std::string& then) {
        auto finding = data_finding(Code::bytes_missing, side, value, run, run.size());
        const auto length = length_of(value);
        finding.message = length
                              ? told("{} stops after {} of {}", turn_of(side), grouped(run.size()), octets(*length))
                              : told("{} stops after {}, where more was expected", turn_of(side), octets(run.size()));
        finding.message += then;
        if (const Bytes* literal = value.literal()) {
            finding.message += told("; missing: {}", excerpt(std::string_view(*literal).substr(run.size()), 20));
        }
        return finding;
    }

    /// Whether what `side` says after the interruption is the rest of its turn.
    bool goes_on_later(Side side, const Value& value, const Bytes& run) const {
        const auto later = std::find_if(acts_.list.begin() + static_cast<std::ptrdiff_t>(act_), acts_.list.end(),
                                        [&](const Act& act) { return act.kind == Kind::data && act.side == side; });
        if (later == acts_.list.end()) return false;
        const Match found = match(value, run + later->bytes, clock_);
        return found.matches || found.incomplete || (found.surplus && found.offset > run.size());
    }

    /// `act` is data of the other side in the midst of `side`'s turn, or before it.
    void spoke_early(const Act& act, Side side, const Value& value, const Bytes& run) {
        if (!has_data_left(act.side)) return unexpected(act);
        auto finding = finding_of(Code::out_of_turn, act.side);
        finding.actual_bytes = act.bytes;
        finding.expected = told("nothing before {}", turn_of(side));
        const auto length = length_of(value);
        finding.message =
            run.empty() ? told("{} spoke before {}: {}", who(act.side), turn_of(side), excerpt(act.bytes))
            : length    ? told("{} answered after only {} of {} of {}", who(act.side), grouped(run.size()),
                               octets(*length), turn_of(side))
                        : told("{} answered after only {} of {}", who(act.side), octets(run.size()), turn_of(side));
        add(std::move(finding));
    }

    void event_missing(const std::vector<Side>& sides, Kind kind) {
        const bool neither = sides.size() > 1;
        const Side side = sides.front();
        // A reset that follows the other side's own end is no act, but it is why this end could not come.
        const bool cut_off = kind == Kind::end && !neither && acts_.end(other(side)) &&
                             has_reset(observation_.transcript, connection_, other(side));
        if (cut_off) return unexpected({other(side), Kind::reset, {}, 0, 0});
        const bool ended_instead = kind == Kind::reset && acts_.end(side);
        auto finding = finding_of(kind == Kind::reset ? Code::reset_missing : Code::end_missing, side);
        finding.expected = step_text(steps_[step_]);
        finding.message = ended_instead ? told("{} ended its stream in order where a reset was expected", who(side))
                          : neither     ? told("neither side has {}{}", did(kind), where(side))
                                        : told("{} has not {}{}", who(side), did(kind), where(side));
        if (!ended_instead) result_.owed = finding.message;
        add(std::move(finding));
    }

    /// `act` is not what had to come next, whatever that was.
    void unexpected(const Act& act) {
        const Step* step = step_ < steps_.size() ? &steps_[step_] : nullptr;
        const bool later = act.kind == Kind::data && has_data_left(act.side);
        auto finding = finding_of(code_of(act, later), act.side);
        finding.expected = step ? awaited_text(*step) : tr("nothing more");
        if (act.kind == Kind::data) finding.actual_bytes = act.bytes;
        finding.message =
            act.kind != Kind::data ? unexpected_text(act, step) : unexpected_data_text(act, later ? step : nullptr);
        add(std::move(finding));
    }

    /// A reset after data that was wrong already, so that it stands before or after no turn.
    void reset_besides(const Act& act) {
        auto finding = finding_of(Code::reset_unexpected, act.side);
        finding.expected = tr("no reset");
        finding.message = format("{} {}{}", who(act.side), did(act.kind), where(act.side));
        add(std::move(finding));
    }

    /// Of an end, or a reset, before `step`; nullptr: after all.
    std::string unexpected_text(const Act& act, const Step* step) const {
        const auto doing = format("{} {}{}", who(act.side), did(act.kind), where(act.side));
        return step ? told("{} before {}", doing, step_text(*step)) : told("{} after the whole exchange", doing);
    }

    /// Of data whose time comes after `step`; nullptr: never.
    std::string unexpected_data_text(const Act& act, const Step* step) const {
        const auto sent = octets(act.bytes.size() + act.cut), shown = excerpt(act.bytes);
        return step ? told("{} sent {} before {}{}: {}", who(act.side), sent, step_text(*step), where(act.side), shown)
                    : told("{} sent {} where it had nothing to say{}: {}", who(act.side), sent, where(act.side), shown);
    }

    static Code code_of(const Act& act, bool later) {
        if (act.kind == Kind::reset) return Code::reset_unexpected;
        if (act.kind == Kind::end) return Code::end_unexpected;
        return later ? Code::out_of_turn : Code::data_unexpected;
    }

    /// Ends that go wrong besides wrong data: they do not follow from it.
    void add_independent_endings() {
        if (result_.findings.front().code != Code::bytes_differ && result_.findings.front().code != Code::bytes_extra)
            return;
        for (; next(); ++act_) {
            if (next()->kind == Kind::reset && !mentions(steps_, next()->side, StreamEvent::reset))
                return reset_besides(*next());
        }
        if (observation_.ending != Ending::complete) return;
        for (step_ = 0; step_ < steps_.size(); ++step_) {
            const auto* event = std::get_if<StreamEvent>(&steps_[step_].what);
            if (!event || *event != StreamEvent::end) continue;
            std::vector<Side> missing;
            for (Side side : sides_of(steps_[step_].who)) {
                if (!acts_.end(side)) missing.push_back(side);
            }
            if (missing.empty()) continue;
            event_missing(missing, Kind::end);
            result_.owed.clear();
            return;
        }
    }

    const Step* later_data(Side side) const {
        for (auto i = step_ + 1; i < steps_.size(); ++i) {
            const bool data = std::holds_alternative<Value>(steps_[i].what);
            if (data && sides_of(steps_[i].who).front() == side) return &steps_[i];
        }
        return nullptr;
    }

    bool has_data_left(Side side) const { return later_data(side) != nullptr; }

    static bool fits(const Match& found) {
        return found.matches || found.incomplete || (found.surplus && found.offset > 0);
    }

    Finding finding_of(Code code, Side side) const {
        Finding finding;
        finding.code = code;
        finding.side = side;
        finding.client = client_;
        if (steps_.empty()) finding.position = part().position;
        if (!steps_.empty()) finding.position = steps_[std::min(step_, steps_.size() - 1)].position;
        return finding;
    }

    Finding data_finding(Code code, Side side, const Value& value, const Bytes& run, std::size_t offset) const {
        auto finding = finding_of(code, side);
        finding.expected = describe(value, clock_);
        if (const Bytes* literal = value.literal()) finding.expected_bytes = *literal;
        finding.actual_bytes = run;
        finding.offset = offset;
        return finding;
    }

    void add(Finding finding) { result_.findings.push_back(std::move(finding)); }

    std::string who(Side side) const { return subject(scenario_, side, client_); }
    std::string where(Side side) const { return on_connection(scenario_, side, client_); }
    std::string turn_of(Side side) const { return told("{}'s turn {}{}", who(side), steps_[step_].turn, where(side)); }

    /// `the server's turn 2`, `the client's end of stream (turn 5)`
    std::string step_text(const Step& step) const {
        const auto* event = std::get_if<StreamEvent>(&step.what);
        const bool is_reset = event && *event == StreamEvent::reset;
        if (step.who == Who::both)
            return is_reset ? told("both sides' reset (turn {})", step.turn)
                            : told("both sides' end of stream (turn {})", step.turn);
        const auto owner = who(sides_of(step.who).front());
        if (!event) return told("{}'s turn {}", owner, step.turn);
        return is_reset ? told("{}'s reset (turn {})", owner, step.turn)
                        : told("{}'s end of stream (turn {})", owner, step.turn);
    }

    /// `the server's turn 2: "Hi"`
    std::string awaited_text(const Step& step) const {
        if (!std::holds_alternative<Value>(step.what)) return step_text(step);
        return format("{}: {}", step_text(step), value_of(step).describe(longest_awaited));
    }

    const Scenario& scenario_;
    const Observation& observation_;
    int client_;
    int connection_;
    std::vector<Step> steps_;
    Acts acts_;
    Clock clock_;
    std::size_t step_ = 0;
    std::size_t act_ = 0;
    std::uint64_t cut_ = 0;  ///< octets of the present step's data that were not kept
    bool may_end_early_, has_ended_early_ = false;
    Captures captures_;
    ExchangeResult result_;
};

}  // namespace

ExchangeResult check_exchange(const Scenario& scenario, const Observation& observation, int client, int connection) {
    return Walk(scenario, observation, client, connection).result();
}

}  // namespace parley
