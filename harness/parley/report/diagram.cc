#include "parley/report/diagram.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "parley/base/language.h"
#include "parley/report/terminal.h"

namespace parley {

namespace {

using Kind = DiagramRow::Kind;

constexpr std::size_t client_line = call_columns + 1;
constexpr std::size_t between = between_columns + 2;
constexpr std::size_t server_line = client_line + 1 + between;

std::size_t line_of(Side side) {
    return side == Side::client ? client_line : server_line;
}

std::string repeated(std::string_view unit, std::size_t times) {
    std::string text;
    for (; times > 0; --times) text += unit;
    return text;
}

std::string_view colour_of(Side side) {
    return side == Side::client ? colour::cyan : colour::green;
}

/// A line of the drawing, from pieces that stand in columns.
class Line {
public:
    void put(std::size_t column, std::string text, std::string_view colour = {}) {
        if (!text.empty()) pieces_.push_back({column, std::move(text), colour});
    }

    std::string str(bool colour) const {
        auto pieces = pieces_;
        std::ranges::stable_sort(pieces, {}, &Piece::column);
        std::string text;
        std::size_t column = 0;
        for (const auto& piece : pieces) {
            text.append(piece.column - std::min(piece.column, column), ' ');
            text += painted(piece.text, piece.colour, colour);
            column = piece.column + columns_of(piece.text);
        }
        return text + "\n";
    }

private:
    struct Piece {
        std::size_t column;
        std::string text;
        std::string_view colour;
    };
    std::vector<Piece> pieces_;
};

/// A box around a life line.
struct Box {
    Side side;
    const std::vector<std::string>& lines;
    bool begins;  ///< the life line; else it ends here

    std::size_t content() const {
        std::size_t widest = 1;
        for (const auto& line : lines) widest = std::max(widest, columns_of(line));
        return widest;
    }
    std::size_t width() const { return content() + 4; }
    std::size_t height() const { return lines.empty() ? 1 : lines.size() + 2; }

    /// In its middle stands the life line, where there is room for that.
    std::size_t column() const {
        const auto half = width() / 2;
        if (side == Side::client) return client_line - std::min(half, client_line);
        return std::min(server_line - half, diagram_columns - width());
    }

    /// Without words the line just ends.
    void put(Line& line, std::size_t row) const {
        if (row >= height()) return;
        if (lines.empty()) return line.put(line_of(side), "╵");
        if (row == 0) return line.put(column(), edge("┌", begins ? "─" : "┴", "┐"));
        if (row == height() - 1) return line.put(column(), edge("└", begins ? "┬" : "─", "┘"));
        const auto& words = lines[row - 1];
        line.put(column(), "│ ");
        line.put(column() + 2, words, begins ? colour::bold : std::string_view());
        line.put(column() + 2 + columns_of(words), std::string(content() - columns_of(words), ' ') + " │");
    }

private:
    std::string edge(const char* left, const char* junction, const char* right) const {
        const auto before = line_of(side) - column() - 1;
        return left + repeated("─", before) + junction + repeated("─", width() - 3 - before) + right;
    }
};

/// How an arrow looks.
struct Stroke {
    const char* unit;
    const char* from_client;
    const char* from_server;
    std::string_view colour;
};

Stroke stroke_of(Kind kind) {
    if (kind == Kind::end) return {"╌", "├", "┤", colour::yellow};
    if (kind == Kind::reset) return {"═", "╞", "╡", colour::red};
    return {"─", "├", "┤", {}};
}

/// The shaft of an arrow in so many columns, with words in the middle.
std::string shaft(const Stroke& stroke, const std::string& words, std::size_t columns) {
    const auto middle = words.empty() ? "" : " " + words + " ";
    const auto left = columns - std::min(columns, columns_of(middle));
    return repeated(stroke.unit, left / 2) + middle + repeated(stroke.unit, left - left / 2);
}

class Drawing {
public:
    explicit Drawing(bool colour) : colour_(colour) {}

    std::string draw(const std::vector<DiagramRow>& rows) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto* next = i + 1 < rows.size() ? &rows[i + 1] : nullptr;
            if (!is_box(rows[i])) {
                draw(rows[i]);
            } else if (next && is_box(*next) && begins(rows[i]) == begins(*next) && rows[i].who != next->who) {
                draw_boxes(rows[i], next);
                ++i;
            } else {
                draw_boxes(rows[i], nullptr);
            }
        }
        return std::move(text_);
    }

private:
    static bool begins(const DiagramRow& row) { return row.kind == Kind::joins || row.kind == Kind::absent; }
    static bool is_box(const DiagramRow& row) { return begins(row) || row.kind == Kind::leaves; }

    const char*& life(Side side) { return side == Side::client ? client_life_ : server_life_; }

    void put_life(Line& line, Side side) {
        if (const char* life_line = life(side)) line.put(line_of(side), life_line);
    }

    void finish(const Line& line) { text_ += line.str(colour_); }

    /// One box, or one of each side, beside each other.
    void draw_boxes(const DiagramRow& row, const DiagramRow* next) {
        std::vector<Box> boxes;
        for (const auto* each : {&row, next}) {
            if (each) boxes.push_back({sides_of(each->who).front(), each->text, begins(*each)});
        }
        std::size_t height = 0;
        for (const auto& box : boxes) {
            height = std::max(height, box.height());
            life(box.side) = nullptr;
        }
        for (std::size_t i = 0; i < height; ++i) {
            Line line;
            for (const auto& box : boxes) {
                const auto top = box.begins ? height - box.height() : 0;
                if (i >= top) box.put(line, i - top);
            }
            for (Side side : {Side::client, Side::server}) put_life(line, side);
            finish(line);
        }
        for (const auto* each : {&row, next}) {
            if (each && begins(*each)) life(sides_of(each->who).front()) = each->kind == Kind::joins ? "│" : "┊";
        }
    }

    void draw(const DiagramRow& row) {
        if (row.kind == Kind::unknown) return draw_gap(row.who);
        if (row.kind == Kind::waits) {
            for (Side side : sides_of(row.who)) life(side) = "┊";
        }
        const bool crosses = row.kind != Kind::calls && row.kind != Kind::waits;
        if (crosses) draw_words(row);
        Line line;
        const auto& call = row.client_call;
        line.put(call_columns - std::min(call_columns, columns_of(call)), call);
        line.put(server_line + 2, row.server_call);
        if (!crosses)
            put_words(line, row.who, row.text.empty() ? "" : row.text.front(), colour::dim);
        else if (row.who == Who::both)
            put_two_arrows(line, row);
        else
            put_arrow(line, row);
        finish(line);
    }

    /// Words beside the life lines, not over an arrow.
    void put_words(Line& line, Who who, const std::string& words, std::string_view colour) {
        for (Side side : {Side::client, Side::server}) put_life(line, side);
        const auto room = between - std::min(between, columns_of(words));
        const auto column = who == Who::client ? 1 : who == Who::server ? room - 1 : room / 2;
        line.put(client_line + 1 + column, words, colour);
    }

    /// The lines above an arrow, as a block in the middle.
    void draw_words(const DiagramRow& row) {
        std::size_t widest = 0;
        for (const auto& words : row.text) widest = std::max(widest, columns_of(words));
        for (const auto& words : row.text) {
            Line line;
            for (Side side : {Side::client, Side::server}) put_life(line, side);
            const auto column = client_line + 1 + (between - std::min(between, widest)) / 2;
            line.put(column, words, row.who == Who::both ? std::string_view() : colour_of(sides_of(row.who).front()));
            finish(line);
        }
    }

    void put_arrow(Line& line, const DiagramRow& row) {
        const auto stroke = stroke_of(row.kind);
        const auto line_between = shaft(stroke, row.measure, between - 1);
        const bool from_client = row.who == Who::client;
        const auto from = from_client ? Side::client : Side::server;
        const bool is_there = life(from) && life(from) == std::string_view("│");
        line.put(line_of(from), !is_there ? "┊" : from_client ? stroke.from_client : stroke.from_server);
        line.put(client_line + 1, from_client ? line_between + "▶" : "◀" + line_between, stroke.colour);
        put_life(line, other(from));
    }

    /// Of what both do, and nothing tells who is first.
    void put_two_arrows(Line& line, const DiagramRow& row) {
        const auto stroke = stroke_of(row.kind);
        const std::string words = tr("in either order");
        const auto shafts = between - columns_of(words) - 4;  // two heads, two spaces
        line.put(client_line, stroke.from_client);
        line.put(client_line + 1, shaft(stroke, row.measure, shafts / 2) + "▶", stroke.colour);
        line.put(client_line + shafts / 2 + 3, words, colour::dim);
        const auto rest = shafts - shafts / 2;
        line.put(server_line - rest - 1, "◀" + shaft(stroke, row.measure, rest), stroke.colour);
        line.put(server_line, stroke.from_server);
    }

    void draw_gap(Who who) {
        Line line;
        for (Side side : {Side::client, Side::server}) {
            if (includes(who, side))
                line.put(line_of(side), "⋮");
            else
                put_life(line, side);
        }
        finish(line);
    }

    bool colour_;
    const char* client_life_ = nullptr;  ///< how the life line is drawn now; nullptr: not at all
    const char* server_life_ = nullptr;
    std::string text_;
};

}  // namespace

std::string draw(const std::vector<DiagramRow>& rows, bool colour) {
    return Drawing(colour).draw(rows);
}

}  // namespace parley
