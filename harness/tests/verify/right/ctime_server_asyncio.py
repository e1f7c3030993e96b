# ctime server with asyncio.
import asyncio
import time


async def atende(leitor, escritor):
    print("Accepted connection from", escritor.get_extra_info("peername"))
    escritor.write(time.ctime().encode())
    await escritor.drain()
    escritor.close()
    await escritor.wait_closed()


async def main():
    servidor = await asyncio.start_server(atende, "0.0.0.0", 8888)
    async with servidor:
        await servidor.serve_forever()


asyncio.run(main())
