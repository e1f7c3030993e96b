// "Sockets: Cliente em Java": prints the line that the server sends.

#include <string>

#include "as_java.h"
#include "net/socket.h"

using namespace parley;

namespace {

void converse() {
    net::Socket s = java::connected_socket("localhost", 5155);
    java::println(java::read_line(s).value_or("null"));
    java::close(s);
}

}  // namespace

int main() {
    java::take_signals();
    try {
        converse();
    } catch (const net::UnknownHost&) {
        java::println("java.net.UnknownHostException: localhost");
        return 1;
    } catch (const net::Error& error) {
        java::println(java::to_string(error));
        return 1;
    }
}
