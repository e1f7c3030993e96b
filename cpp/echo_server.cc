// "Sockets: Servidor 2 em Python": gives each chunk back, shown as Python shows bytes, to one client after the other.

#include <string>

#include "as_python.h"
#include "net/socket.h"

using namespace parley;

namespace {

constexpr int my_port = 5050;

void serve() {
    net::Socket socket;
    socket.bind(net::Address::any(AF_INET, my_port));
    socket.listen(5);

    while (true) {
        auto [connection, address] = socket.accept();
        python::print("Servidor conectado por " + python::str(address));
        while (true) {
            const std::string data = connection.receive(1024);
            if (data.empty()) break;
            connection.send("Echo ==>" + python::repr(data));
        }
        connection.close();
    }
}

}  // namespace

int main() {
    return python::run(serve);
}
