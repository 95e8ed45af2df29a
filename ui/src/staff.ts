// The entry of the staff window. It stays tiny, so that a defect anywhere else still shows a sentence.
import { boot } from './shared/boot'

boot(() => import('./views/open-staff'))
