// print_java_dates SECOND…: for each time zone on stdin, one a line, and each instant (seconds since the epoch), what
// the port prints. The counterpart of JvmZones.java: id, instant, offset from UTC in seconds, date, with tabs between.

#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>

#include "java_date.h"

using namespace parley;

int main(int argc, char* argv[]) {
    for (std::string id; std::getline(std::cin, id);) {
        const java::TimeZone zone(id.c_str());
        for (int i = 1; i < argc; ++i) {
            const std::time_t instant = std::strtol(argv[i], nullptr, 10);
            std::tm time{};
            localtime_r(&instant, &time);
            std::cout << id << '\t' << instant << '\t' << time.tm_gmtoff << '\t' << zone.date(instant) << '\n';
        }
    }
}
