# Echo server with asyncio that answers after 0.3 s.
import asyncio


async def atende(leitor, escritor):
    while True:
        dados = await leitor.read(1024)
        if not dados:
            break
        await asyncio.sleep(0.3)
        escritor.write(f"Echo ==>{dados}".encode())
        await escritor.drain()
    escritor.close()


async def main():
    servidor = await asyncio.start_server(atende, None, 5050)
    await servidor.serve_forever()


asyncio.run(main())
