// Binds the port as the host stores it.
#include "server.h"

int main(int argc, char** argv) {
    (void)argc;
    const int listener = bound_socket((in_port_t)atoi(argv[1]));
    listen(listener, 1);
    next_client(listener);
    return 0;
}
