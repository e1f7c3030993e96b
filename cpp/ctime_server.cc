// "Sockets: Servidor em Python": tells each client the time, one after the other.

#include <ctime>

#include "as_python.h"
#include "net/socket.h"

using namespace parley;

namespace {

constexpr int port = 8888;

void serve() {
    net::Socket s;
    s.bind(net::Address::any(AF_INET, port));
    s.listen(5);

    while (true) {
        auto [connection, address] = s.accept();
        python::print("Accepted connection from [" + python::str(address) + "]");
        const std::string current_time = python::ctime(std::time(nullptr));

        connection.send(current_time);
        connection.close();
    }
}

}  // namespace

int main() {
    return python::run(serve);
}
