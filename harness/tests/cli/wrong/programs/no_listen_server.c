// Forgets listen().
#include "server.h"

int main(int argc, char** argv) {
    (void)argc;
    next_client(bound_socket(htons((in_port_t)atoi(argv[1]))));
    return 0;
}
