// "Sockets: Servidor em Java (1-2)" and "(2-2)": tells each client the date, in a thread for each.

#include <pthread.h>

#include <cstdlib>
#include <ctime>
#include <thread>
#include <utility>

#include "as_java.h"
#include "java_date.h"
#include "net/socket.h"

using namespace parley;

namespace {

/// The slide's Connection.run.
void attend(net::Socket connection, const net::Address& client, const java::TimeZone& zone) {
    java::println("#Cliente atendido no socket:" + java::to_string(client));
    java::write(connection, "Agora é:" + zone.date(std::time(nullptr)) + "\n");
    java::close(connection);
}

net::Socket open_server() {
    try {
        return java::server_socket(5155);
    } catch (const net::Error& error) {
        java::println(java::to_string(error));
        std::exit(1);
    }
}

void serve(net::Socket server, const java::TimeZone& zone) {
    java::println("Servidor ouvindo na porta 5155...");
    try {
        while (true) {
            auto [connection, client] = server.accept();
            std::thread(attend, std::move(connection), client, std::cref(zone)).detach();
        }
    } catch (const net::Error& error) {
        java::println(java::to_string(error));
    }
}

}  // namespace

int main() {
    java::take_signals();
    static const java::TimeZone zone(std::getenv("TZ"));
    serve(open_server(), zone);
    pthread_exit(nullptr);  // As a JVM does, the process lasts as long as its last thread; then its status is 0.
}
