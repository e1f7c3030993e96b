#include "parley/run/script.h"

#include <algorithm>
#include <array>
#include <boost/asio/write.hpp>

#include "parley/base/language.h"
#include "parley/base/readiness.h"
#include "parley/scenario/match.h"

namespace parley {

using asio::ip::tcp;
using namespace std::chrono_literals;
using Time = std::chrono::steady_clock;

namespace {

// That a program reads, or falls asleep, is announced nowhere: it is asked, ever less often.
constexpr auto first_pause = 200us;
constexpr std::chrono::microseconds longest_pause = 5ms;
// A program that sleeps may have set itself a timer. So long a sleep is taken for the end of what it had to say.
constexpr auto long_sleep = 50ms;
// What nobody takes note of is not kept: a transcript holds less.
constexpr std::size_t most_unheard = 16 << 20;

std::string name_of(const Turn& turn, std::size_t index, Side side) {
    const auto* event = std::get_if<StreamEvent>(&turn.what);
    const auto* who = side == Side::server ? tr("the server") : tr("the client");
    if (!event) return told("{}'s data (turn {})", who, index + 1);
    return *event == StreamEvent::reset ? told("{}'s reset (turn {})", who, index + 1)
                                        : told("{}'s end of stream (turn {})", who, index + 1);
}

}  // namespace

Script::Script(tcp::socket socket, Side side, const std::vector<Turn>& exchange, ScriptSurroundings surroundings,
               TaskGroup& tasks)
    : socket_(std::move(socket)),
      side_(side),
      exchange_(exchange),
      surroundings_(std::move(surroundings)),
      heard_(socket_.get_executor()),
      timer_(socket_.get_executor()) {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    tasks.spawn(read());
    tasks.spawn(play());
}

void Script::stop() {
    stopped_ = true;
    error_code ignored;
    socket_.close(ignored);
    timer_.cancel();
    heard_.notify();
}

bool Script::has_to_hear() const {
    return heard_.is_notified() || (!other_ended_ && is_readable(socket_));
}

bool Script::is_sending() const {
    return octets_on_the_way(socket_) > 0;
}

/// Reads all the time, so that no program is held up by a script that still speaks itself.
asio::awaitable<void> Script::read() {
    std::array<char, 16384> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): read into
    while (!other_ended_ && come_.size() < most_unheard) {
        error_code error;
        const auto count = co_await read_in_turn(socket_, asio::buffer(buffer), error);
        come_.append(buffer.data(), count);
        other_ended_ = static_cast<bool>(error);
        heard_.notify();
    }
}

asio::awaitable<void> Script::play() {
    bool goes_on = true;
    while (goes_on && turn_ < exchange_.size() && !stopped_) goes_on = co_await take_turn();
    if (!was_reset_) co_await leave(goes_on);
    ended_ = true;
    error_code ignored;
    socket_.close(ignored);
    surroundings_.changed();
}

asio::awaitable<void> Script::leave(bool as_it_should) {
    // What is too much is to be seen to come.
    for (bool more = true; more && !stopped_;) more = co_await hear_more_until_still();
    if (!as_it_should) surroundings_.gives_up();
    if (as_it_should && surroundings_.stays) {
        waits_for_ = tr("waits for nothing more");
        while (!stopped_) co_await heard_.wait();
    }
}

/// Does the next turn, or waits for it. False where the conversation is over, or did not go that way.
asio::awaitable<bool> Script::take_turn() {
    const auto& turn = exchange_[turn_];
    if (const auto* event = std::get_if<StreamEvent>(&turn.what)) {
        const bool goes_on = co_await take_event(*event, turn.who);
        ++turn_;
        co_return goes_on;
    }
    if (const auto* pause = std::get_if<Pause>(&turn.what)) {
        co_await sleep(pause->length);
        ++turn_;
        co_return true;
    }
    if (own(turn.who)) {
        const bool sent = co_await send(std::get<Value>(turn.what).with(captures_), turn.pieces_of);
        ++turn_;
        co_return sent;
    }
    const auto first = turn_;
    const auto value = gather_data();
    const bool received = co_await receive(value, first);
    co_return received;
}

asio::awaitable<bool> Script::take_event(StreamEvent event, Who who) {
    error_code ignored;
    if (own(who) && event == StreamEvent::reset) {
        // Closing with a zero linger time sends RST in place of FIN (socket(7), SO_LINGER).
        socket_.set_option(asio::socket_base::linger(true, 0), ignored);
        socket_.close(ignored);
        was_reset_ = true;
        co_return false;
    }
    if (own(who)) socket_.shutdown(tcp::socket::shutdown_send, ignored);
    if (!includes(who, other(side_))) co_return true;
    for (bool more = true; more;) more = co_await hear_more(turn_);
    co_return true;
}

asio::awaitable<bool> Script::send(const Value& value, std::size_t pieces_of) {
    const auto* bytes = value.literal();
    if (!bytes) co_return false;  // what it has to say was never captured
    const auto size = pieces_of > 0 ? pieces_of : bytes->size();
    for (std::size_t at = 0; at < bytes->size(); at += size) {
        if (at > 0) co_await wait_until_read();
        error_code error;
        const auto piece = asio::buffer(bytes->data() + at, std::min(size, bytes->size() - at));
        co_await asio::async_write(socket_, piece, into(error));
        sent_ += piece.size();
        if (error || stopped_) co_return false;
    }
    co_return true;
}

/// Until the program has read what was sent, or waits for something else.
asio::awaitable<void> Script::wait_until_read() {
    for (auto pause = first_pause; !stopped_; pause = std::min(pause * 2, longest_pause)) {
        if (surroundings_.octets_read() >= sent_) co_return;
        if (surroundings_.stillness() == Stillness::waiting) co_return;
        co_await sleep(pause);
    }
}

/// The data of the other side up to its next turn of another kind: nothing tells it apart on the wire.
Value Script::gather_data() {
    Value value;
    for (; turn_ < exchange_.size() && !own(exchange_[turn_].who); ++turn_) {
        const auto* more = std::get_if<Value>(&exchange_[turn_].what);
        if (!more) break;
        for (const auto& part : more->parts) value.append(part);
    }
    return value.with(captures_);
}

/// Waits until what came is what `value` wants; what comes after it is left for later. Of a value that leaves open how
/// long it is, only that nothing more comes tells the end.
asio::awaitable<bool> Script::receive(const Value& value, std::size_t turn) {
    const auto length = length_of(value);
    for (bool still = false;;) {
        const auto seen = std::string_view(come_).substr(0, length.value_or(come_.size()));
        auto found = match(value, seen, surroundings_.clock());
        if (found.surplus || (found.matches && (length || still || other_ended_))) {
            come_.erase(0, found.surplus ? found.offset : seen.size());
            captures_.merge(found.captured);
            co_return true;
        }
        if (!found.matches && !found.incomplete) co_return false;
        const bool more = found.matches ? co_await hear_more_until_still() : co_await hear_more(turn);
        if (stopped_ || (!more && !found.matches)) co_return false;
        still = !more;
    }
}

/// Waits for octets of that turn. False where the other side has ended, or the script is stopped.
asio::awaitable<bool> Script::hear_more(std::size_t turn) {
    const auto before = come_.size();
    waits_for_ = told("waits for {}", name_of(exchange_[turn], turn, other(side_)));
    surroundings_.changed();
    while (come_.size() == before && !other_ended_ && !stopped_) co_await heard_.wait();
    waits_for_.clear();
    surroundings_.changed();
    co_return come_.size() > before;
}

/// The same, but also false once it is plain that nothing more will come.
asio::awaitable<bool> Script::hear_more_until_still() {
    const auto before = come_.size();
    auto pause = first_pause;
    auto awake = Time::now();
    while (come_.size() == before && !other_ended_ && !stopped_) {
        const auto stillness = surroundings_.stillness();
        if (stillness == Stillness::waiting) co_return false;
        if (stillness == Stillness::busy) awake = Time::now();
        if (Time::now() - awake > long_sleep) co_return false;
        co_await heard_.wait_until(Time::now() + pause);
        pause = std::min(pause * 2, longest_pause);
    }
    co_return come_.size() > before;
}

asio::awaitable<void> Script::sleep(std::chrono::nanoseconds length) {
    error_code cancelled;
    timer_.expires_after(std::chrono::duration_cast<Time::duration>(length));
    co_await timer_.async_wait(into(cancelled));
}

}  // namespace parley
