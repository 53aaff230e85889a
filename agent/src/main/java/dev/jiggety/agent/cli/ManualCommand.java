package dev.jiggety.agent.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety manual}: what packages install beside the program. */
@Command(
    name = "manual",
    hidden = true,
    description =
        "Write the manual pages of all commands and the completion for bash into a folder.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ManualCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where they go; made where it is missing.")
  private Path out;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      defaultValue = "",
      description = "What stands at the foot of each page.")
  private String date;

  @Override
  public void run() {
    CommandLine program = spec.root().commandLine();
    try {
      Files.createDirectories(out);
      write(program);
      Files.writeString(out.resolve("jiggety.bash"), AutoComplete.bash("jiggety", program));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(CommandLine command) throws IOException {
    CommandSpec page = command.getCommandSpec();
    if (page.usageMessage().hidden()) {
      return;
    }
    Files.writeString(out.resolve(ManPage.name(page) + ".1"), ManPage.of(page, date));
    for (CommandLine each : command.getSubcommands().values().stream().distinct().toList()) {
      write(each);
    }
  }
}
