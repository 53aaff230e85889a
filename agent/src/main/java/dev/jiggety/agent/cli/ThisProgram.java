package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.Program;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this very program is started once more. */
final class ThisProgram {
  private ThisProgram() {}

  /**
   * By the launcher that started us, which knows the best options for each role; else as we run.
   */
  static Program get() {
    String launcher = System.getProperty("jiggety.launcher");
    if (launcher != null) {
      return new Program(List.of(launcher));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> !option.startsWith("-agent") && !option.startsWith("-javaagent"))
            .toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    return new Program(command);
  }
}
