/* Sends the NUL that ends the C string, too. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

void *atende(void *arg) {
    int c = *(int *)arg;
    char data[64], texto[128];
    time_t agora = time(NULL);
    struct tm tm;

    free(arg);
    localtime_r(&agora, &tm);
    strftime(data, sizeof(data), "%a %b %d %H:%M:%S %Z %Y", &tm);
    sprintf(texto, "Agora é:%s\n", data);
    write(c, texto, strlen(texto) + 1);
    close(c);
    return NULL;
}

int main() {
    int s;
    struct sockaddr_in addr;

    s = socket(AF_INET, SOCK_STREAM, 0);
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = htonl(INADDR_ANY);
    addr.sin_port = htons(5155);
    if (bind(s, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        perror("bind");
        exit(1);
    }
    listen(s, 5);
    printf("Servidor ouvindo na porta 5155...\n");
    while (1) {
        pthread_t thread;
        int *c = malloc(sizeof(int));
        *c = accept(s, NULL, NULL);
        pthread_create(&thread, NULL, atende, c);
        pthread_detach(thread);
    }
}
