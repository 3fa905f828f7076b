import { here } from "/static/base.js";

here();
