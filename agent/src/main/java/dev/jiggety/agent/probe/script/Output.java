package dev.jiggety.agent.probe.script;

/** What a step writes for people: bounded, so that no page can fill the results. */
final class Output {
  private static final int MOST = 2000;
  private static final String CUT = "… (cut)";

  private final StringBuilder text = new StringBuilder();

  /** Writes a line, or several. */
  void line(String line) {
    if (text.length() >= MOST) {
      return;
    }
    text.append(text.isEmpty() ? "" : "\n").append(line);
    if (text.length() > MOST) {
      text.setLength(MOST - CUT.length());
      text.append(CUT);
    }
  }

  /** All that was written since the last call. */
  String take() {
    String all = text.toString();
    text.setLength(0);
    return all;
  }
}
