package dev.jiggety.packaging;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Draws the icons of all sizes from one SVG: PNG for Linux, ICO for Windows, ICNS for macOS. Of SVG
 * it knows {@code rect}, {@code circle}, and {@code path} with absolute {@code M} and {@code L};
 * what else there is fails, so that no part of a picture is lost silently.
 */
public final class Icons {
  private static final List<Integer> SIZES = List.of(16, 24, 32, 48, 64, 128, 256, 512, 1024);
  private static final List<Integer> WINDOWS = List.of(16, 24, 32, 48, 64, 256);

  private Icons() {}

  /** {@code Icons SVG FOLDER}. */
  public static void main(String[] words) throws Exception {
    if (words.length != 2) {
      throw new IllegalArgumentException("usage: Icons SVG FOLDER");
    }
    draw(Path.of(words[0]), Path.of(words[1]));
  }

  /** Draws one picture into a folder, which is made. */
  static void draw(Path svg, Path folder) throws IOException {
    Element picture = parse(svg);
    SequencedMap<Integer, byte[]> pictures = new TreeMap<>();
    Files.createDirectories(folder);
    for (int size : SIZES) {
      byte[] png = png(picture, size);
      pictures.put(size, png);
      Files.write(folder.resolve("jiggety-" + size + ".png"), png);
    }
    Files.write(folder.resolve("jiggety.ico"), ico(pictures));
    Files.write(folder.resolve("jiggety.icns"), icns(pictures));
  }

  private static Element parse(Path svg) throws IOException {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(svg.toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(svg + " is no SVG: " + e.getMessage(), e);
    }
  }

  private static byte[] png(Element picture, int size) throws IOException {
    double side = Double.parseDouble(picture.getAttribute("viewBox").split(" ", -1)[2]);
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = image.createGraphics();
    try {
      pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      pen.scale(size / side, size / side);
      var parts = picture.getElementsByTagName("*");
      for (int i = 0; i < parts.getLength(); i++) {
        draw(pen, (Element) parts.item(i));
      }
    } finally {
      pen.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", bytes)) {
      throw new IOException("this Java writes no PNG");
    }
    return bytes.toByteArray();
  }

  private static void draw(Graphics2D pen, Element part) {
    Shape shape = shape(part);
    String fill = part.getAttribute("fill");
    if (!fill.equals("none")) {
      pen.setColor(Color.decode(fill));
      pen.fill(shape);
    }
    if (part.hasAttribute("stroke")) {
      pen.setColor(Color.decode(part.getAttribute("stroke")));
      pen.setStroke(
          new BasicStroke(
              (float) number(part, "stroke-width"), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
      pen.draw(shape);
    }
  }

  private static Shape shape(Element part) {
    return switch (part.getTagName()) {
      case "rect" ->
          new RoundRectangle2D.Double(
              number(part, "x"),
              number(part, "y"),
              number(part, "width"),
              number(part, "height"),
              2 * number(part, "rx"),
              2 * number(part, "rx"));
      case "circle" -> {
        double radius = number(part, "r");
        yield new Ellipse2D.Double(
            number(part, "cx") - radius, number(part, "cy") - radius, 2 * radius, 2 * radius);
      }
      case "path" -> path(part.getAttribute("d"));
      default -> throw new IllegalArgumentException("cannot draw <" + part.getTagName() + ">");
    };
  }

  private static Path2D path(String steps) {
    Path2D path = new Path2D.Double();
    String[] words = steps.strip().split("\\s+", -1);
    for (int i = 0; i < words.length; i += 3) {
      double x = Double.parseDouble(words[i + 1]);
      double y = Double.parseDouble(words[i + 2]);
      switch (words[i]) {
        case "M" -> path.moveTo(x, y);
        case "L" -> path.lineTo(x, y);
        default -> throw new IllegalArgumentException("cannot draw a path's " + words[i]);
      }
    }
    return path;
  }

  private static double number(Element part, String name) {
    return Double.parseDouble(part.getAttribute(name));
  }

  /** Windows' format: a directory of 16 bytes an entry, then PNG files as they are. */
  static byte[] ico(SequencedMap<Integer, byte[]> pictures) {
    int offset = 6 + 16 * WINDOWS.size();
    int total = offset + WINDOWS.stream().mapToInt(size -> png(pictures, size).length).sum();
    ByteBuffer file = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    file.putShort((short) 0).putShort((short) 1).putShort((short) WINDOWS.size());
    for (int size : WINDOWS) {
      int length = png(pictures, size).length;
      byte side = (byte) size; // 256 is written as 0
      file.put(side).put(side).putShort((short) 0).putShort((short) 1).putShort((short) 32);
      file.putInt(length).putInt(offset);
      offset += length;
    }
    WINDOWS.forEach(size -> file.put(png(pictures, size)));
    return file.array();
  }

  /** Apple's format: blocks of a type of four letters, their length, and a PNG file. */
  static byte[] icns(SequencedMap<Integer, byte[]> pictures) {
    SequencedMap<String, Integer> types = new TreeMap<>();
    types.put("ic07", 128);
    types.put("ic08", 256);
    types.put("ic09", 512);
    types.put("ic10", 1024);
    types.put("ic11", 32);
    types.put("ic12", 64);
    int total = 8 + types.values().stream().mapToInt(size -> 8 + png(pictures, size).length).sum();
    ByteBuffer file = ByteBuffer.allocate(total);
    file.put("icns".getBytes(StandardCharsets.US_ASCII)).putInt(total);
    types.forEach((type, size) -> {
      byte[] png = png(pictures, size);
      file.put(type.getBytes(StandardCharsets.US_ASCII)).putInt(8 + png.length).put(png);
    });
    return file.array();
  }

  private static byte[] png(SequencedMap<Integer, byte[]> pictures, int size) {
    return Objects.requireNonNull(pictures.get(size), () -> "no picture of " + size + " pixels");
  }
}
