package dev.jiggety.agent.worker;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Messages on a pipe: four bytes by which they are known, four of length, big-endian, and one JSON
 * object in UTF-8. Not thread-safe.
 */
final class Frames {
  /** No message is longer, in bytes. */
  static final int LONGEST = 4 << 20;

  private static final int MARK = 0x4a4d5331; // "JMS1"
  private static final int HEADER = 8;

  private Frames() {}

  /** What comes is no message. */
  static final class BrokenFrameException extends IOException {
    private static final long serialVersionUID = 1;

    BrokenFrameException(String reason) {
      super(reason);
    }
  }

  /**
   * Writes a message and flushes.
   *
   * @throws BrokenFrameException when it is too long; then nothing is written
   */
  static void write(OutputStream out, JsonObject message) throws IOException {
    byte[] content = message.toString().getBytes(StandardCharsets.UTF_8);
    if (content.length > LONGEST) {
      throw new BrokenFrameException("a message of " + content.length + " bytes is too long");
    }
    ByteBuffer frame = ByteBuffer.allocate(HEADER + content.length);
    frame.putInt(MARK).putInt(content.length).put(content);
    out.write(frame.array());
    out.flush();
  }

  /**
   * Waits for the next message; null at the end.
   *
   * @throws BrokenFrameException when what comes is no message, is too long or is cut off
   */
  static @Nullable JsonObject read(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    DataInputStream data = new DataInputStream(in);
    try {
      int mark = first << 24 | data.readUnsignedByte() << 16 | data.readUnsignedShort();
      if (mark != MARK) {
        throw new BrokenFrameException("what it writes is no message");
      }
      int length = data.readInt();
      if (length < 0 || length > LONGEST) {
        throw new BrokenFrameException(
            "its message is too long: more than " + (LONGEST >> 20) + " MB");
      }
      byte[] content = data.readNBytes(length);
      if (content.length < length) {
        throw new EOFException();
      }
      return JsonParser.parseString(new String(content, StandardCharsets.UTF_8)).getAsJsonObject();
    } catch (EOFException e) {
      throw new BrokenFrameException("its message is cut off");
    } catch (JsonParseException | IllegalStateException | StackOverflowError e) {
      throw new BrokenFrameException("its message is no JSON object");
    }
  }
}
