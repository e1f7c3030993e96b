# Puts quotes around what it sends.
set host localhost
set mensagens [list "Hello world!" "Again!"]
if {$argc > 0} { set host [lindex $argv 0] }
if {$argc > 1} { set mensagens [split [lindex $argv 1] ""] }
set s [socket $host 5050]
fconfigure $s -translation lf -buffering none -encoding utf-8 -blocking 0
foreach m $mensagens {
    puts -nonewline $s "'$m'"
    fileevent $s readable {set pronto 1}
    vwait pronto
    puts "Received: [read $s 1024]"
}
close $s
