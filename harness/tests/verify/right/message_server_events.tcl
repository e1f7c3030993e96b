# Message server in the event loop of Tcl.
proc aceita {canal host porta} {
    fconfigure $canal -blocking 0 -buffering none -translation binary
    fileevent $canal readable [list le $canal]
}

proc le {canal} {
    global fim
    set mensagem [read $canal 255]
    if {$mensagem eq "" && ![eof $canal]} return
    puts "Mensagem recebida do cliente: $mensagem"
    puts -nonewline $canal "Sou o Servidor. Recebi sua mensagem."
    close $canal
    set fim 1
}

set porta [lindex $argv 0]
socket -server aceita $porta
puts "Servidor ouvindo na porta \[$porta\]..."
vwait fim
