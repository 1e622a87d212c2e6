export const HIGHEST_PORT = 65_535;

/** Of -v and -d. */
export const HIGHEST_LEVEL = 10;

/** How many ports -F asks. */
export const FAST_PORTS = 100;

/** Hosts that are scanned side by side are told apart by 16 bits. */
export const MOST_HOSTS = 65_536;
