package dev.jiggety.desktop.session;

import dev.jiggety.couch.TlsTrust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered between starts. Holds no password: there is no field for one.
 *
 * @param hubs the hubs that were connected to, the last one first
 * @param window where the window was
 * @param keyFile the file of the operator's key; empty for the usual one
 * @param look how the program looks and speaks
 * @param place the name of the screen that was seen last; empty for the first of the menu
 */
public record Settings(
    List<KnownHub> hubs, WindowPlace window, String keyFile, Look look, String place) {
  /** How many hubs are remembered. */
  public static final int MAX_HUBS = 8;

  /** What a first start begins with. */
  public static final Settings FIRST =
      new Settings(
          List.of(),
          new WindowPlace(1280, 800, false),
          "",
          new Look("system", "", Look.USUAL_SIZE, true),
          "");

  /**
   * A hub and who connected to it.
   *
   * @param url its address, without user information
   * @param user empty for none
   * @param authority the PEM file of whom TLS believes alone; empty for whom this machine believes
   */
  public record KnownHub(String url, String user, String authority) {
    /** One that is believed when this machine believes it. */
    public KnownHub(String url, String user) {
      this(url, user, "");
    }

    /** Whom TLS believes. */
    public TlsTrust trust() {
      return authority.isEmpty() ? TlsTrust.PLATFORM : TlsTrust.only(Path.of(authority));
    }
  }

  /**
   * Size of the window in pixels of the screen's scale, and whether it fills the screen.
   *
   * @param x the left edge; NaN where the window system shall choose
   * @param y the upper edge; NaN where the window system shall choose
   */
  public record WindowPlace(double width, double height, boolean maximized, double x, double y) {
    public WindowPlace(double width, double height, boolean maximized) {
      this(width, height, maximized, Double.NaN, Double.NaN);
    }

    /** Whether it is known where on the screens the window was. */
    public boolean isPlaced() {
      return !Double.isNaN(x) && !Double.isNaN(y);
    }
  }

  /**
   * How the program looks and speaks.
   *
   * @param theme {@code system}, {@code light} or {@code dark}
   * @param language of the texts, like {@code de}; empty for the system's
   * @param size of the text, in percent of the usual
   * @param notices whether the desktop's own notifications are used while the window is not seen
   */
  public record Look(String theme, String language, int size, boolean notices) {
    /** The size of text that a first start begins with, in percent. */
    public static final int USUAL_SIZE = 100;

    private static final int SMALLEST = 70;
    private static final int LARGEST = 200;

    /** A size out of range becomes the next that is in it. */
    public Look {
      size = Math.clamp(size, SMALLEST, LARGEST);
    }

    public Look withTheme(String chosen) {
      return new Look(chosen, language, size, notices);
    }

    public Look withLanguage(String chosen) {
      return new Look(theme, chosen, size, notices);
    }

    public Look withSize(int percent) {
      return new Look(theme, language, percent, notices);
    }

    public Look withNotices(boolean wanted) {
      return new Look(theme, language, size, wanted);
    }
  }

  public Settings {
    hubs = List.copyOf(hubs);
  }

  /** {@code system}, {@code light} or {@code dark}. */
  public String theme() {
    return look.theme();
  }

  /** With this hub as the last one connected to. */
  public Settings withHub(KnownHub hub) {
    List<KnownHub> all = new ArrayList<>();
    all.add(hub);
    hubs.stream().filter(known -> !known.url().equals(hub.url())).forEach(all::add);
    return withHubs(all.subList(0, Math.min(all.size(), MAX_HUBS)));
  }

  /** Without a hub of this address. */
  public Settings withoutHub(String url) {
    return withHubs(hubs.stream().filter(known -> !known.url().equals(url)).toList());
  }

  /** Without any hub. */
  public Settings withoutHubs() {
    return withHubs(List.of());
  }

  public Settings withTheme(String chosen) {
    return withLook(look.withTheme(chosen));
  }

  public Settings withLook(Look changed) {
    return new Settings(hubs, window, keyFile, changed, place);
  }

  public Settings withWindow(WindowPlace where) {
    return new Settings(hubs, where, keyFile, look, place);
  }

  public Settings withKeyFile(String file) {
    return new Settings(hubs, window, file, look, place);
  }

  public Settings withPlace(String seen) {
    return new Settings(hubs, window, keyFile, look, seen);
  }

  private Settings withHubs(List<KnownHub> others) {
    return new Settings(others, window, keyFile, look, place);
  }
}
