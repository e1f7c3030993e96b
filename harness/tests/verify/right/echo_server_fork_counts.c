/* Echo server with a process for each client, which count what they echo in System V shared memory, behind a semaphore. */
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <unistd.h>

static int semaforo;
static long *ecoadas;

static void erro(const char *texto) {
    perror(texto);
    exit(1);
}

static void opera(int quanto) {
    struct sembuf operacao = {0, (short)quanto, SEM_UNDO};
    if (semop(semaforo, &operacao, 1) < 0) erro("semop");
}

static void conta(void) {
    opera(-1);
    ++*ecoadas;
    opera(1);
}

static void atende(int cliente) {
    unsigned char dados[1024];
    ssize_t n;
    while ((n = recv(cliente, dados, sizeof dados, 0)) > 0) {
        char resposta[4 * sizeof dados + 16];
        const int aspas = memchr(dados, '\'', n) && !memchr(dados, '"', n) ? '"' : '\'';
        int fim = sprintf(resposta, "Echo ==>b%c", aspas);
        for (int i = 0; i < n; ++i) {
            const int c = dados[i];
            if (c == aspas || c == '\\') fim += sprintf(resposta + fim, "\\%c", c);
            else if (c == '\n') fim += sprintf(resposta + fim, "\\n");
            else if (c == '\r') fim += sprintf(resposta + fim, "\\r");
            else if (c == '\t') fim += sprintf(resposta + fim, "\\t");
            else if (c < 32 || c > 126) fim += sprintf(resposta + fim, "\\x%02x", c);
            else resposta[fim++] = (char)c;
        }
        resposta[fim++] = (char)aspas;
        if (send(cliente, resposta, fim, MSG_NOSIGNAL) < 0) break;
        conta();
    }
    close(cliente);
    shmdt(ecoadas);
    exit(0);
}

int main(void) {
    int memoria = shmget(IPC_PRIVATE, sizeof *ecoadas, IPC_CREAT | 0600);
    if (memoria < 0) erro("shmget");
    ecoadas = shmat(memoria, NULL, 0);
    if (ecoadas == (void *)-1) erro("shmat");
    shmctl(memoria, IPC_RMID, NULL);
    semaforo = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
    if (semaforo < 0) erro("semget");
    opera(1);

    int servidor = socket(AF_INET, SOCK_STREAM, 0), sim = 1;
    struct sockaddr_in aqui = {.sin_family = AF_INET, .sin_port = htons(5050), .sin_addr.s_addr = htonl(INADDR_ANY)};
    setsockopt(servidor, SOL_SOCKET, SO_REUSEADDR, &sim, sizeof sim);
    if (bind(servidor, (struct sockaddr *)&aqui, sizeof aqui) < 0) erro("bind");
    if (listen(servidor, 100) < 0) erro("listen");
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        struct sockaddr_in de;
        socklen_t tamanho = sizeof de;
        int cliente = accept(servidor, (struct sockaddr *)&de, &tamanho);
        if (cliente < 0) erro("accept");
        printf("Servidor conectado por ('127.0.0.1', %d)\n", ntohs(de.sin_port));
        fflush(stdout);
        if (fork() == 0) {
            close(servidor);
            atende(cliente);
        }
        close(cliente);
    }
}
