// A side of a conversation that the harness plays itself.
//
//     exchange:   client "HELLO\n"     server /OK .*\n/        client "BYE\n"      both end
//     a client:   sends it             waits until it is there sends it            shuts down, waits for the end
//
// What it waits for and does not get, it does not judge: it leaves, and the judge finds the same in the transcript.
// What comes of its leaving is no part of the conversation, and not recorded.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <string>
#include <vector>

#include "parley/base/asio.h"
#include "parley/base/task_group.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// What the programs that a script talks with are doing.
enum class Stillness {
    busy,     ///< something is under way, or a program could run
    asleep,   ///< nothing is under way, and every program sleeps; a timer may wake it
    waiting,  ///< besides, nothing but its peer can wake it
};

/// What a script has to know of its surroundings.
struct ScriptSurroundings {
    /// How many octets the program at the other end has read.
    std::function<std::uint64_t()> octets_read;
    /// Of all that take part, this script among them.
    std::function<Stillness()> stillness;
    /// The clock of the cell until now.
    std::function<Clock()> clock;
    /// Called when the script begins or ceases to wait, and at its end.
    std::function<void()> changed;
    /// Called before it leaves a conversation that did not go as it should.
    std::function<void()> gives_up;
    /// Whether, after its last turn, it stays until it is stopped; else it closes.
    bool stays = false;
};

class Script {
public:
    /// Plays the turns of `side` in `exchange`, which must outlive it. `socket` is connected. Its tasks are spawned
    /// into `tasks`, which must be joined before this object is destroyed.
    Script(asio::ip::tcp::socket socket, Side side, const std::vector<Turn>& exchange, ScriptSurroundings surroundings,
           TaskGroup& tasks);

    /// Leaves at once.
    void stop();

    /// What it waits for, as a phrase: `waits for the server's data (turn 2)`. Empty where it goes on by itself, or has
    /// ended.
    const std::string& waits_for() const { return waits_for_; }
    bool ended() const { return ended_; }
    bool goes_on_by_itself() const { return !ended_ && waits_for_.empty(); }
    /// Whether something has come that it has not heard yet: octets, an end or a reset.
    bool has_to_hear() const;
    /// Whether the kernel still has to deliver what it has sent.
    bool is_sending() const;

private:
    asio::awaitable<void> read();
    asio::awaitable<void> play();
    asio::awaitable<void> leave(bool as_it_should);
    asio::awaitable<bool> take_turn();
    asio::awaitable<bool> take_event(StreamEvent event, Who who);
    asio::awaitable<bool> send(const Value& value, std::size_t pieces_of);
    asio::awaitable<void> wait_until_read();
    asio::awaitable<bool> receive(const Value& value, std::size_t turn);
    asio::awaitable<bool> hear_more(std::size_t turn);
    asio::awaitable<bool> hear_more_until_still();
    asio::awaitable<void> sleep(std::chrono::nanoseconds length);
    Value gather_data();
    bool own(Who who) const { return includes(who, side_); }

    asio::ip::tcp::socket socket_;
    Side side_;
    const std::vector<Turn>& exchange_;
    ScriptSurroundings surroundings_;
    Condition heard_;  ///< the other side
    asio::steady_timer timer_;
    std::uint64_t sent_ = 0;
    std::size_t turn_ = 0;  ///< the next one
    Bytes come_;            ///< received, and not yet part of a turn
    Captures captures_;
    std::string waits_for_;
    bool was_reset_ = false;  ///< by itself
    bool other_ended_ = false, stopped_ = false, ended_ = false;
};

}  // namespace parley
