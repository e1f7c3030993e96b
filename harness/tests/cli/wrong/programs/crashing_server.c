// Writes through a null pointer when it is asked.
#include "server.h"

int main(int argc, char** argv) {
    (void)argc;
    const int client = first_client(argv);
    char buffer[64];
    volatile char* volatile nowhere = NULL;
    read(client, buffer, sizeof buffer);
    *nowhere = buffer[0];
    return 0;
}
