"""A stranger who has no account: connects to the hall's port and shakes hands over TLS, as often as it can.

`python -m tests.proof.caller PORT ADDRESS`; prints how many hands were shaken, when it is ended.
"""

import signal
import socket
import ssl
import sys
import threading

AT_ONCE = 20
PATIENCE_S = 0.5


def main(port, address):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    ended = threading.Event()
    shaken = [0] * AT_ONCE

    def call(mine):
        while not ended.is_set():
            try:
                plain = socket.create_connection(("127.0.0.1", int(port)), PATIENCE_S, source_address=(address, 0))
                with plain, context.wrap_socket(plain):
                    shaken[mine] += 1
            except OSError:
                continue

    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    callers = [threading.Thread(target=call, args=(mine,)) for mine in range(AT_ONCE)]
    for caller in callers:
        caller.start()
    print("in", flush=True)
    for caller in callers:
        caller.join()
    print(sum(shaken), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
