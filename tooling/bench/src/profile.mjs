export async function profiled() {
  throw new Error("not yet");
}
