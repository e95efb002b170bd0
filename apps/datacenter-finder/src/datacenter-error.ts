/** A datacenter gave no answer that could be used. */
export class DatacenterError extends Error {
  override readonly name = "DatacenterError";
  readonly code = "ERR_DATACENTER";
  readonly datacenter: string;

  constructor(datacenter: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.datacenter = datacenter;
  }
}
