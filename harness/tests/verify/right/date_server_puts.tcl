# date server that prints as Tcl does: to a terminal it ends its lines with CR LF.
proc atende {c host porta} {
    puts "#Cliente atendido no socket:/$host:$porta"
    fconfigure $c -encoding utf-8 -translation lf
    set agora [clock seconds]
    puts $c "Agora é:[clock format $agora -format {%a %b %d %H:%M:%S} -locale C] [clock format $agora -format {%Z %Y}]"
    close $c
}
encoding system utf-8
socket -server atende 5155
puts "Servidor ouvindo na porta 5155..."
vwait sempre
