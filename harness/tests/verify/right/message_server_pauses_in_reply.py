"""A message server on asyncio, which takes its time in the midst of its reply, and looks in now and then."""

import asyncio
import sys


async def serve(reader, writer, answered):
    message = await reader.read(255)
    print("Mensagem recebida do cliente:", message.decode(errors="replace"))
    writer.write(b"Sou o Servidor. ")
    for _ in range(5):
        await asyncio.sleep(0.4)
    writer.write(b"Recebi sua mensagem.")
    writer.close()
    await writer.wait_closed()
    answered.set()


async def main():
    answered = asyncio.Event()
    server = await asyncio.start_server(lambda reader, writer: serve(reader, writer, answered), "", int(sys.argv[1]))
    print(f"Servidor ouvindo na porta [{sys.argv[1]}]...")
    async with server:
        await answered.wait()


asyncio.run(main())
