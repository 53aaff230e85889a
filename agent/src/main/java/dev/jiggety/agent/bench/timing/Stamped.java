package dev.jiggety.agent.bench.timing;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/**
 * A connected socket that notes when its bytes pass: just after they were read, just before they
 * are written. What is written gathers until {@link #push} or until somebody wants to read: so all
 * that a server says to a client's hello goes at one moment. TLS can be laid over it. For one
 * thread.
 */
final class Stamped extends Socket {
  private final Socket socket;
  private final InputStream in;
  private final Out out;
  private long read;
  private long written;
  private long writtenBeforeRead;

  Stamped(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new In(socket.getInputStream());
    this.out = new Out(socket.getOutputStream());
  }

  /** When bytes came last, in nanoseconds of the monotonic clock. */
  long read() {
    return read;
  }

  /** When bytes went last. */
  long written() {
    return written;
  }

  /** When the bytes went to which the last ones that came are the answer. */
  long writtenBeforeRead() {
    return writtenBeforeRead;
  }

  /** Sends what has gathered. */
  void push() throws IOException {
    out.push();
  }

  private final class In extends FilterInputStream {
    In(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      push();
      int value = in.read();
      noteRead();
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      push();
      int count = in.read(bytes, offset, length);
      noteRead();
      return count;
    }

    private void noteRead() {
      read = System.nanoTime();
      writtenBeforeRead = written;
    }
  }

  private final class Out extends ByteArrayOutputStream {
    private final OutputStream out;

    Out(OutputStream out) {
      this.out = out;
    }

    void push() throws IOException {
      if (count > 0) {
        written = System.nanoTime();
        out.write(buf, 0, count);
        reset();
      }
    }
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public boolean isConnected() {
    return socket.isConnected();
  }

  @Override
  public boolean isClosed() {
    return socket.isClosed();
  }

  @Override
  public InetAddress getInetAddress() {
    return socket.getInetAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return socket.getLocalAddress();
  }

  @Override
  public int getPort() {
    return socket.getPort();
  }

  @Override
  public int getLocalPort() {
    return socket.getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return socket.getRemoteSocketAddress();
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    socket.setSoTimeout(millis);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return socket.getSoTimeout();
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    socket.setTcpNoDelay(on);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
