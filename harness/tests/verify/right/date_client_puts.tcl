# date client that prints as Tcl does: to a terminal it would end its lines with CR LF.
set host localhost
set porta 5155
if {[llength $argv] >= 2} {
    lassign $argv host porta
}
set s [socket $host $porta]
fconfigure $s -encoding utf-8 -translation lf
fconfigure stdout -encoding utf-8
gets $s linha
puts $linha
close $s
