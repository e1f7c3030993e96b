// "Sockets: Cliente em Python": asks a server for the time.
// The server's name and port may be given, both or neither.

#include <string>

#include "as_python.h"
#include "net/socket.h"

using namespace parley;

namespace {

void get_server_time(const std::string& host = "localhost", const std::string& port = "8888") {
    net::Socket s;

    python::connect(s, host, python::parse_int(port));

    const std::string time = s.receive(1024);

    s.close();

    python::print("Received from server:" + python::repr(time));
}

}  // namespace

int main(int argc, char* argv[]) {
    return python::run([&] {
        if (argc < 3)
            get_server_time();
        else
            get_server_time(argv[1], argv[2]);
    });
}
