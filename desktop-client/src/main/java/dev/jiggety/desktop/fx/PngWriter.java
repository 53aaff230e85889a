package dev.jiggety.desktop.fx;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;

/**
 * Writes a picture as PNG (ISO/IEC 15948): 8 bits per channel, no alpha, so that JavaFX's Swing
 * module is not needed. Each row is filtered with "Up", which packs screens well.
 */
public final class PngWriter {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte FILTER_UP = 2;

  private PngWriter() {}

  /** Takes a picture of a scene and writes it; makes the folder. On the FX thread. */
  public static void snapshot(Scene scene, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(file, encode(scene.snapshot(null)));
  }

  /** The bytes of a PNG file, as small as they get. */
  public static byte[] encode(Image image) throws IOException {
    return encode(image, Deflater.BEST_COMPRESSION);
  }

  /**
   * The bytes of a PNG file.
   *
   * @param effort from {@link Deflater#BEST_SPEED} to {@link Deflater#BEST_COMPRESSION}
   */
  public static byte[] encode(Image image, int effort) throws IOException {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(SIGNATURE);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(header);
    fields.writeInt(width);
    fields.writeInt(height);
    fields.write(new byte[] {8, 2, 0, 0, 0}); // bits, RGB, deflate, adaptive filters, no interlace
    chunk(out, "IHDR", header.toByteArray());
    chunk(out, "IDAT", pixels(image, width, height, effort));
    chunk(out, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static byte[] pixels(Image image, int width, int height, int effort) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] bgra = new byte[width * 4];
    byte[] above = new byte[width * 3];
    byte[] row = new byte[width * 3];
    byte[] filtered = new byte[width * 3 + 1];
    filtered[0] = FILTER_UP;
    Deflater deflater = new Deflater(effort);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      for (int y = 0; y < height; y++) {
        image
            .getPixelReader()
            .getPixels(0, y, width, 1, PixelFormat.getByteBgraInstance(), bgra, 0, width * 4);
        for (int x = 0; x < width; x++) {
          for (int channel = 0; channel < 3; channel++) {
            row[x * 3 + channel] = bgra[x * 4 + 2 - channel];
          }
        }
        for (int i = 0; i < row.length; i++) {
          filtered[i + 1] = (byte) (row[i] - above[i]);
        }
        out.write(filtered);
        byte[] spare = above;
        above = row;
        row = spare;
      }
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }
}
