package dev.jiggety.desktop.session;

import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered between starts. Holds no password: there is no field for one.
 *
 * @param hubs the hubs that were connected to, the last one first
 * @param theme {@code system}, {@code light} or {@code dark}
 * @param window where the window was
 * @param keyFile the file of the operator's key; empty for the usual one
 */
public record Settings(List<KnownHub> hubs, String theme, WindowPlace window, String keyFile) {
  /** How many hubs are remembered. */
  public static final int MAX_HUBS = 8;

  /** What a first start begins with. */
  public static final Settings FIRST =
      new Settings(List.of(), "system", new WindowPlace(1280, 800, false), "");

  /**
   * A hub and who connected to it.
   *
   * @param url its address, without user information
   * @param user empty for none
   */
  public record KnownHub(String url, String user) {}

  /** Size of the window in pixels of the screen's scale, and whether it fills the screen. */
  public record WindowPlace(double width, double height, boolean maximized) {}

  public Settings {
    hubs = List.copyOf(hubs);
  }

  /** With this hub as the last one connected to. */
  public Settings withHub(KnownHub hub) {
    List<KnownHub> all = new ArrayList<>();
    all.add(hub);
    hubs.stream().filter(known -> !known.url().equals(hub.url())).forEach(all::add);
    return new Settings(all.subList(0, Math.min(all.size(), MAX_HUBS)), theme, window, keyFile);
  }

  /** Without any hub. */
  public Settings withoutHubs() {
    return new Settings(List.of(), theme, window, keyFile);
  }

  public Settings withTheme(String chosen) {
    return new Settings(hubs, chosen, window, keyFile);
  }

  public Settings withWindow(WindowPlace place) {
    return new Settings(hubs, theme, place, keyFile);
  }

  public Settings withKeyFile(String file) {
    return new Settings(hubs, theme, window, file);
  }
}
