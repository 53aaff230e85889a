package dev.jiggety.agent.service;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * Sends datagrams to a Unix socket by Linux' own calls: Java's sockets of that family are streams
 * alone. Nothing here waits: a receiver that does not read is an error like any other. Safe for any
 * thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
@SuppressWarnings("restricted") // calling the C library is what it is for
final class DatagramSocket {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;

  /** {@code sizeof(sun_path)}. */
  private static final int LONGEST_PATH = 108;

  private static final int FAMILY_BYTES = 2;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SOCKET =
      call(
          "socket",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT));
  private static final MethodHandle SEND =
      call(
          "sendto",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final byte[] address;

  /**
   * A sender.
   *
   * @param name the path of the socket, or {@code @} and an abstract name
   * @throws IllegalArgumentException for a name of another kind, or one that is too long
   */
  DatagramSocket(String name) {
    if (name.length() < 2 || !(name.startsWith("/") || name.startsWith("@"))) {
      throw new IllegalArgumentException(name + " is no path of a socket, nor an abstract name");
    }
    this.address =
        (name.startsWith("@") ? "\0" + name.substring(1) : name + "\0")
            .getBytes(StandardCharsets.UTF_8);
    if (address.length > LONGEST_PATH) {
      throw new IllegalArgumentException(name + " is too long for a socket");
    }
  }

  private static MethodHandle call(String name, FunctionDescriptor descriptor) {
    SymbolLookup lookup = LINKER.defaultLookup();
    return LINKER.downcallHandle(
        lookup.find(name).orElseThrow(), descriptor, Linker.Option.captureCallState("errno"));
  }

  /**
   * Sends one datagram.
   *
   * @throws IOException when nobody takes it, with the number of the error
   */
  void send(String text) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment to = arena.allocate(FAMILY_BYTES + LONGEST_PATH, Short.BYTES);
      to.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(address, 0, to, ValueLayout.JAVA_BYTE, FAMILY_BYTES, address.length);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      MemorySegment content = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      int socket = (int) SOCKET.invokeExact(state, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (socket < 0) {
        throw failure("socket", state);
      }
      try {
        long sent =
            (long)
                SEND.invokeExact(
                    state,
                    socket,
                    content,
                    (long) bytes.length,
                    MSG_DONTWAIT | MSG_NOSIGNAL,
                    to,
                    FAMILY_BYTES + address.length);
        if (sent < 0) {
          throw failure("sendto", state);
        }
      } finally {
        int closed = (int) CLOSE.invokeExact(state, socket);
        assert closed == 0 : "a socket of our own";
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the C library threw", e); // they throw nothing
    }
  }

  private static IOException failure(String call, MemorySegment state) {
    return new IOException(call + " fails with the error " + (int) ERRNO.get(state, 0L));
  }
}
