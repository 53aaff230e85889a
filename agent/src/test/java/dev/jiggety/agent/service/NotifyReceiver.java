package dev.jiggety.agent.service;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for systemd: a datagram socket that hears what services tell. On Linux alone. */
@SuppressWarnings("restricted")
public final class NotifyReceiver implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SHUT_RDWR = 2;
  private static final int LARGEST = 4_096;
  private static final MethodHandle SOCKET = call("socket", 3, 0);
  private static final MethodHandle SHUTDOWN = call("shutdown", 2, 0);
  private static final MethodHandle CLOSE = call("close", 1, 0);
  private static final MethodHandle BIND =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().find("bind").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT));
  private static final MethodHandle RECEIVE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().find("recv").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_INT));

  private final String name;
  private final int socket;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private NotifyReceiver(String name, int socket) {
    this.name = name;
    this.socket = socket;
    this.thread = Thread.ofPlatform().daemon().start(this::receive);
  }

  private static MethodHandle call(String name, int integers, int unused) {
    ValueLayout[] arguments = new ValueLayout[integers + unused];
    java.util.Arrays.fill(arguments, ValueLayout.JAVA_INT);
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().find(name).orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
  }

  /** Listens at a path, or at {@code @} and an abstract name. */
  public static NotifyReceiver open(String name) throws Throwable {
    int socket = (int) SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM, 0);
    try (Arena arena = Arena.ofConfined()) {
      byte[] path =
          (name.startsWith("@") ? "\0" + name.substring(1) : name + "\0")
              .getBytes(StandardCharsets.UTF_8);
      MemorySegment address = arena.allocate(110, 2);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, 2, path.length);
      int bound = (int) BIND.invokeExact(socket, address, 2 + path.length);
      if (socket < 0 || bound != 0) {
        throw new AssertionError("cannot listen at " + name);
      }
    }
    return new NotifyReceiver(name, socket);
  }

  /** What {@code NOTIFY_SOCKET} is to be. */
  public String name() {
    return name;
  }

  /** Everything that was told, a line each. */
  public List<String> lines() {
    return heard.stream().flatMap(String::lines).toList();
  }

  /** How often that line was told. */
  public long count(String line) {
    return lines().stream().filter(line::equals).count();
  }

  private void receive() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(LARGEST);
      while (true) {
        long length = (long) RECEIVE.invokeExact(socket, buffer, (long) LARGEST, 0);
        if (length <= 0) {
          return;
        }
        heard.add(
            new String(
                buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8));
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      int down = (int) SHUTDOWN.invokeExact(socket, SHUT_RDWR);
      thread.join();
      int closed = (int) CLOSE.invokeExact(socket);
      if (down + closed > 0) {
        throw new AssertionError("a socket of our own");
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
