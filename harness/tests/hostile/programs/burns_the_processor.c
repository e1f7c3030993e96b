// Computes for ever and never listens: given one second of processor time, that it used it up is said.
int main(void) {
    for (volatile unsigned long count = 0;; ++count) continue;
}
