"""A stranger who has no account: connects to the hall's port and shakes hands over TLS, as often as it can.

`python -m tests.proof.caller PORT ADDRESSES`: from so many addresses in turn; prints how many hands were shaken, when
it is ended.
"""

import itertools
import signal
import socket
import ssl
import sys
import threading

AT_ONCE = 20
PATIENCE_S = 0.5


def main(port, addresses):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    ended = threading.Event()
    shaken = [0] * AT_ONCE

    def call(mine):
        for turn in itertools.count(mine, AT_ONCE):
            if ended.is_set():
                return
            address = f"127.0.9.{turn % int(addresses) + 1}"
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
