// "Sockets: Cliente 2 em Python": sends two messages, or each character of its second argument, and prints the replies.

#include <string>
#include <string_view>
#include <vector>

#include "as_python.h"
#include "net/socket.h"

using namespace parley;

namespace {

constexpr int server_port = 5050;

void converse(int argc, char* argv[]) {
    std::string server_host = "localhost";
    std::vector<std::string_view> message = {"Hello world!", "Again!"};
    if (argc > 1) server_host = argv[1];
    if (argc > 2) message = python::characters(argv[2]);

    net::Socket socket;
    python::connect(socket, server_host, server_port);

    for (const std::string_view line : message) {
        socket.send(python::encode(line));
        const std::string data = python::decode(socket.receive(1024));
        python::print("Received: " + data);
    }
    socket.close();
}

}  // namespace

int main(int argc, char* argv[]) {
    return python::run([&] { converse(argc, argv); });
}
