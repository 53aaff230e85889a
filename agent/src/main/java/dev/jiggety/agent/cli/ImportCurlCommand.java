package dev.jiggety.agent.cli;

import dev.jiggety.agent.importing.CurlImport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code jiggety import curl}: a curl line, as browsers copy it. */
@Command(
    name = "curl",
    description = "A curl line, in quotes or from standard input.",
    footer = {
      "%nExamples:",
      "  jiggety import curl \"curl -L https://shop.example/\"",
      "  xclip -o | jiggety import curl"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ImportCurlCommand implements Callable<Integer> {
  @Mixin private ImportOutput output;

  @Parameters(paramLabel = "LINE", arity = "0..1", description = "The line; else standard input.")
  private @Nullable String line;

  @Override
  public Integer call() throws IOException {
    String text = line != null ? line : standardInput();
    return output.write("curl", () -> CurlImport.read(text));
  }

  private static String standardInput() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      return reader.lines().collect(Collectors.joining("\n"));
    }
  }
}
