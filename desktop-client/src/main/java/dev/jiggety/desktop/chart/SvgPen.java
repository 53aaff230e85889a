package dev.jiggety.desktop.chart;

import java.util.Locale;
import javafx.scene.paint.Color;

/** Draws into an SVG 1.1 document. */
final class SvgPen implements Pen {
  private final StringBuilder out = new StringBuilder(1 << 16);
  private int clips;

  SvgPen(double width, double height) {
    out.append(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
    out.append(" width=\"").append(n(width)).append("\" height=\"").append(n(height));
    out.append("\" viewBox=\"0 0 ").append(n(width)).append(' ').append(n(height));
    out.append(
        "\" font-family=\"DejaVu Sans, Noto Sans, Segoe UI, sans-serif\" font-size=\"11.5\">\n");
  }

  /** The whole document. Nothing may be drawn after it. */
  String document() {
    return out.append("</svg>\n").toString();
  }

  @Override
  public void rect(double x, double y, double width, double height, Color fill) {
    out.append("<rect x=\"").append(n(x)).append("\" y=\"").append(n(y));
    out.append("\" width=\"").append(n(width)).append("\" height=\"").append(n(height));
    out.append('"').append(paint("fill", fill)).append("/>\n");
  }

  @Override
  public void line(
      double x1, double y1, double x2, double y2, Color color, double width, double... dashes) {
    path(new double[] {x1, x2}, new double[] {y1, y2}, 2, color, width, dashes);
  }

  @Override
  public void path(
      double[] xs, double[] ys, int count, Color color, double width, double... dashes) {
    out.append("<path d=\"");
    boolean drawing = false;
    for (int i = 0; i < count; i++) {
      if (!Double.isNaN(ys[i])) {
        out.append(drawing ? 'L' : 'M').append(n(xs[i])).append(' ').append(n(ys[i]));
      }
      drawing = !Double.isNaN(ys[i]);
    }
    out.append("\" fill=\"none\" stroke-width=\"").append(n(width)).append('"');
    if (dashes.length > 0) {
      out.append(" stroke-dasharray=\"");
      for (double dash : dashes) {
        out.append(n(dash)).append(' ');
      }
      out.append('"');
    }
    out.append(paint("stroke", color)).append("/>\n");
  }

  @Override
  public void area(double[] xs, double[] ys, int count, Color fill) {
    out.append("<polygon points=\"");
    for (int i = 0; i < count; i++) {
      out.append(n(xs[i])).append(',').append(n(ys[i])).append(' ');
    }
    out.append('"').append(paint("fill", fill)).append("/>\n");
  }

  @Override
  public void dot(double x, double y, double radius, Color fill) {
    out.append("<circle cx=\"").append(n(x)).append("\" cy=\"").append(n(y));
    out.append("\" r=\"").append(n(radius)).append('"').append(paint("fill", fill)).append("/>\n");
  }

  @Override
  public void text(String text, double x, double y, Align align, Color color) {
    String anchor =
        switch (align) {
          case LEFT -> "start";
          case CENTER -> "middle";
          case RIGHT -> "end";
        };
    out.append("<text x=\"").append(n(x)).append("\" y=\"").append(n(y + 4));
    out.append("\" text-anchor=\"").append(anchor).append('"').append(paint("fill", color));
    out.append('>').append(escaped(text)).append("</text>\n");
  }

  @Override
  public void clip(double x, double y, double width, double height) {
    clips++;
    out.append("<clipPath id=\"c").append(clips).append("\"><rect x=\"").append(n(x));
    out.append("\" y=\"").append(n(y)).append("\" width=\"").append(n(width));
    out.append("\" height=\"").append(n(height)).append("\"/></clipPath>\n");
    out.append("<g clip-path=\"url(#c").append(clips).append(")\">\n");
  }

  @Override
  public void unclip() {
    out.append("</g>\n");
  }

  private static String paint(String what, Color color) {
    String hex =
        String.format(
            Locale.ROOT,
            " %s=\"#%02x%02x%02x\"",
            what,
            Math.round(color.getRed() * 255),
            Math.round(color.getGreen() * 255),
            Math.round(color.getBlue() * 255));
    return color.isOpaque() ? hex : hex + " " + what + "-opacity=\"" + n(color.getOpacity()) + "\"";
  }

  private static String n(double number) {
    double rounded = Math.round(number * 100) / 100.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
